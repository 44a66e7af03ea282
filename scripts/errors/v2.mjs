// API v2: what leads to each code (`given`, then `ask`), when that is, and what to do. Code, status and message are the package's own.
const add = (body) => ["POST", "cart/add-item", body];
const MUG = "c4ca4238a0b923820dcc509a6f75849b";

export const cart = [
  { ask: add({ id: "0" }), code: "cocart_product_id_required", when: "`add-item` without a product", what: "Send the id or SKU." },
  { ask: add({ id: "nosuch" }), code: "cocart_unknown_product_id", when: "no product has this SKU", what: "Check the SKU; the snapshot may be older than the product." },
  { ask: add({ id: "77" }), code: "cocart_invalid_product", when: "no product has this id, or it is in the bin", what: "Take it off the page." },
  { ask: add({ id: "1", quantity: "1e999" }), code: "cocart_quantity_not_numeric", when: "the quantity is no finite number", what: "Check the field." },
  { ask: add({ id: "11", quantity: "4" }), code: "cocart_quantity_invalid_amount", when: "the quantity is above the product's maximum (its stock, or 1 where sold individually), or below its minimum", what: "Offer what the message names." },
  { ask: add({ id: "2" }), code: "cocart_cannot_add_product_type_to_cart", when: "an external product, or a grouped one on `add-item`", what: "Link to where it is sold; for a group use `cart.addItems`." },
  { ask: add({ id: "4" }), code: "cocart_no_variation_found", when: "a variable product, and no variation has these attributes", what: "Let the shopper choose." },
  { ask: add({ id: "15" }), code: "cocart_cart_invalid_parent_product", when: "a variation whose product is gone", what: "Take it off the page." },
  { ask: add({ id: "5", variation: { attribute_pa_color: "blue" } }), code: "cocart_invalid_variation_data", when: "an attribute has no such value", what: "Send one the message names: slugs for global attributes." },
  { ask: add({ id: "6" }), code: "cocart_missing_variation_data", when: "a variation with an open attribute, and the attribute was not sent", what: "Ask for it." },
  { ask: add({ id: "14" }), code: "cocart_product_failed_validation", when: "a rule says no: a password, a plugin, a filter of the app", what: "Show the message." },
  { given: [add({ id: "12" })], ask: add({ id: "12" }), code: "cocart_product_sold_individually", when: "one per cart, and it is there", what: "Lead to the cart." },
  { ask: add({ id: "9" }), code: "cocart_cannot_be_purchased", when: "private, a draft, or without a price", what: "Take it off the page." },
  { ask: add({ id: "10" }), code: "cocart_product_out_of_stock", when: "sold out", what: "Say so." },
  { ask: ["POST", "cart/add-items", { id: "3", quantity: { 11: "4" } }], code: "cocart_not_enough_in_stock", when: "a group with more of a product than there is", what: "Offer what is left." },
  { given: [add({ id: "11", quantity: "2" })], ask: add({ id: "11", quantity: "2" }), code: "cocart_not_enough_stock_remaining", when: "with what is in the cart it is more than there is", what: "Offer what is left." },
  { profile: "v4.3", given: [add({ id: "12" })], ask: add({ id: "12" }), code: "cocart_add_to_cart_error", when: "profile `v4.3`: WooCommerce refused in its own words", what: "Show the message (it is HTML)." },
  { ask: ["POST", "cart/add-items", { id: "3", quantity: {} }], code: "cocart_grouped_product_empty", when: "`add-items` without a quantity", what: "Let the shopper choose." },
  { ask: ["POST", "cart/add-items", { id: "3", quantity: { 1: "0" } }], code: "cocart_grouped_product_failed", when: "`add-items`, and all quantities are zero", what: "Let the shopper choose." },
  { ask: ["GET", "cart/item/0"], code: "cocart_cart_item_key_required", when: "the item key is `0`", what: "Send the line's `item_key`." },
  { ask: ["GET", "cart/item/nosuch"], code: "cocart_item_not_in_cart", when: "no line has this key, perhaps no more", what: "Draw the cart again." },
  { ask: ["DELETE", "cart/item/nosuch"], code: "cocart_no_items", when: "removing from an empty cart", what: "Draw the cart again." },
  { ask: ["GET", "cart/items"], code: "cocart_no_items_in_cart", when: "listing the items of an empty cart", what: "Not a failure; `getSnapshot()` does not throw." },
  { given: [add({ id: "1" })], ask: ["PUT", `cart/item/${MUG}`], code: "cocart_item_restored_to_cart", when: "restoring what is in the cart (405), or what never was (404)", what: "Nothing." },
  { given: [add({ id: "1" }), ["DELETE", `cart/item/${MUG}`]], ask: ["PUT", "cart/item/nosuch"], code: "cocart_can_not_restore_item", when: "it is not among the removed lines", what: "Add it anew." },
  { ask: ["POST", "cart/update", { namespace: "nosuch" }], code: "cocart_update_cart_no_namespace_error", when: "`cart/update` with a namespace nobody registered; with a shop to ask it is the shop that says so, as a conflict", what: "Register it ([extending.md](extending.md)), or install the plugin." },
  { ask: ["POST", "cart/update", { namespace: "update-cart" }], code: "cocart_cart_empty", when: "`cart/update` of an empty cart", what: "Add something first." },
  { ask: ["GET", "cart/totals"], code: "cocart_cart_totals_empty", when: "the totals of an empty cart", what: "Not a failure; `getSnapshot().totals` is there." },
  { profile: "v4.3", ask: ["GET", "cart/items/count"], code: "cocart_response_returned_empty", when: "profile `v4.3`: an empty answer, such as the count of an empty cart", what: "Not a failure; `getSnapshot().item_count` is 0." },
];

export const protocol = [
  { ask: add({}), code: "rest_missing_callback_param", when: "a parameter is missing", what: "`error.data.params` lists them." },
  { ask: add({ id: 1 }), code: "rest_invalid_param", when: "a parameter is wrong. `error.data.details` says how: `rest_invalid_type`, `rest_not_in_enum`, `rest_out_of_bounds`, `rest_invalid_date`", what: "`cart.request` is as strict as the server; `cart.addItem` takes numbers." },
  { ask: ["POST", "cart/add-item", "{"], code: "rest_invalid_json", when: "the body is said to be JSON and is none", what: "Fix the caller." },
  { ask: ["GET", "cart/nosuch"], code: "rest_no_route", when: "no such route, or a shop without the plugin that has it", what: "For wishes (coupons, shipping, fees) it becomes a conflict." },
];

/** Which detail of `rest_invalid_param` a request leads to. */
export const details = {
  rest_invalid_type: add({ id: 1 }),
  rest_out_of_bounds: ["GET", "products?per_page=1000"],
  rest_invalid_date: ["GET", "products?after=yesterday"],
  rest_not_in_enum: ["GET", "products?type=nosuch"],
};

export const products = [
  { ask: ["GET", "products/77"], code: "cocart_product_invalid_id", when: "no product has this id", what: "404 page." },
  { ask: ["GET", "products/NOSUCH"], code: "cocart_unknown_product_id", when: "no product has this SKU", what: "404 page." },
  { ask: ["GET", "products/4/variations/1"], code: "cocart_product_variation_invalid_id", when: "it is no variation of this product", what: "404 page." },
  { ask: ["GET", "products?page=9"], code: "cocart_products_invalid_page_number", when: "past the last page", what: "Stop at `X-WP-TotalPages`." },
  { ask: ["GET", "products/attributes/9"], code: "cocart_attribute_invalid", when: "no such attribute", what: "404 page." },
  { ask: ["GET", "products/attributes/9/terms"], code: "cocart_taxonomy_invalid", when: "terms of no such attribute", what: "404 page." },
  { ask: ["GET", "products/attributes/1/terms/9"], code: "cocart_term_invalid", when: "no such term, category or tag", what: "404 page." },
  { ask: ["POST", "products/reviews", { product_id: 1, review: "Good", reviewer: "A", reviewer_email: "a@b.example", rating: 5 }], code: "cocart_cannot_create", when: "writing a review here", what: "Reviews are written in the shop." },
  { ask: ["GET", "products/reviews/1"], code: "cocart_cannot_view_review", when: "reading one review here", what: "Ask the shop." },
];
