// API v1: what leads to each code, when that is, and what to do.
const add = (body) => ["POST", "/cocart/v1/add-item", body];
const item = (key, quantity) => ["POST", "/cocart/v1/item", { cart_item_key: key, quantity }];
const POSTER = "c20ad4d76fe97759aa27a0c99bff6710";

export const v1 = [
  { ask: ["GET", "/cocart/v1/get-cart/customer/2"], code: "cocart_cannot_read_cart", when: "another customer's cart", what: "For administrators, at the shop." },
  { ask: ["GET", "/cocart/v1/get-cart/0"], code: "cocart_cart_key_missing", when: "a session's cart without a key", what: "Send the key." },
  { ask: ["GET", "/cocart/v1/get-cart/nosuch"], code: "cocart_cart_in_session_not_valid", when: "no cart has this key here", what: "Other carts are the shop's to read." },
  { ask: add({}), code: "cocart_product_id_required", when: "no product, or an unknown SKU", what: "Check id and SKU." },
  { ask: add({ product_id: "1", quantity: "1e999" }), code: "cocart_quantity_not_numeric", when: "the quantity is no finite number", what: "Check the field." },
  { ask: add({ product_id: "77" }), code: "cocart_product_does_not_exist", when: "no product has this id, or it is in the bin", what: "Take it off the page." },
  { ask: add({ product_id: "2" }), code: "cocart_cannot_add_product_type_to_cart", when: "an external or grouped product", what: "Link to where it is sold." },
  { ask: add({ product_id: "4", variation: { attribute_pa_color: "purple" } }), code: "cocart_invalid_variation_data", when: "an attribute has no such value", what: "Send one the message names." },
  { ask: add({ product_id: "4" }), code: "cocart_missing_variation_data", when: "an attribute was left out", what: "Ask for it." },
  { ask: add({ product_id: "4", variation: { attribute_pa_color: "green", attribute_size: "M" } }), code: "cocart_no_variation_found", when: "nothing is sold with these attributes", what: "Let the shopper choose." },
  { ask: add({ product_id: "15" }), code: "cocart_cart_invalid_parent_product", when: "a variation whose product is gone", what: "Take it off the page." },
  { ask: add({ product_id: "14" }), code: "cocart_product_failed_validation", when: "a rule says no", what: "Show the message." },
  { given: [add({ product_id: "12" })], ask: add({ product_id: "12" }), code: "cocart_product_sold_individually", when: "one per cart, and it is there", what: "Lead to the cart." },
  { ask: add({ product_id: "9" }), code: "cocart_cannot_be_purchased", when: "private, a draft, or without a price", what: "Take it off the page." },
  { ask: add({ product_id: "10" }), code: "cocart_product_out_of_stock", when: "sold out", what: "Say so." },
  { ask: add({ product_id: "11", quantity: "4" }), code: "cocart_not_enough_in_stock", when: "more than there is", what: "Offer what is left." },
  { given: [add({ product_id: "11", quantity: "2" })], ask: add({ product_id: "11", quantity: "2" }), code: "cocart_not_enough_stock_remaining", when: "with what is in the cart it is more than there is", what: "Offer what is left." },
  { ask: add({ product_id: "1", quantity: "0" }), code: "cocart_cannot_add_to_cart", when: "WooCommerce refused; why is in the next notices of v2", what: "Show the message." },
  { ask: ["GET", "/cocart/v1/item"], code: "cocart_cart_item_key_required", when: "no item key", what: "Send `cart_item_key`." },
  { ask: ["DELETE", "/cocart/v1/item?cart_item_key=nosuch"], code: "cocart_no_items", when: "removing from an empty cart", what: "Draw the cart again." },
  { ask: item("nosuch", "1"), code: "cocart_item_not_in_cart", when: "no line has this key", what: "Draw the cart again." },
  { ask: ["GET", "/cocart/v1/item?cart_item_key=nosuch"], code: "cocart_can_not_restore_item", when: "it is not among the removed lines", what: "Add it anew." },
  { given: [add({ product_id: "12" })], ask: item(POSTER, "-1"), code: "cocart_can_not_update_item", when: "a quantity below zero", what: "Check the field." },
  { given: [add({ product_id: "12" })], ask: item(POSTER, "2"), code: "cocart_can_not_increase_quantity", when: "more of what is sold individually", what: "Keep the field at 1." },
];
