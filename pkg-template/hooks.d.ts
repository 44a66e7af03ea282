import type { Cart, CartError } from "./index.js";

type Data = { readonly [name: string]: unknown };

/** What is known here of a product: its document where the catalogue holds it, else what its line says. */
export interface HookProduct {
  readonly id?: number;
  readonly name?: string;
  readonly slug?: string;
  readonly sku?: string;
  readonly type?: string;
  readonly [name: string]: unknown;
}

/** An item's document before any filter. */
export interface HookItem {
  readonly item_key: string;
  readonly id: number;
  readonly name: string;
  readonly [name: string]: unknown;
}

/** A request's parameters. */
export type HookRequest = Data;

/** A money field: a text in minor units or as the shop writes it, or a number in major units. */
export type HookMoney = string | number;

type OfItem<T> = [value: T, product: HookProduct, item: HookItem, itemKey: string];
type Figure = [value: HookMoney, item: HookItem, itemKey: string];
type Message = [message: string, product: HookProduct | undefined];
type Verdict = boolean | CartError;

/** CoCart's filters that concern a cart: the value and what it comes with, in the order of CoCart 4. */
export interface CartFilters {
  cocart_cart: [document: Data, request: HookRequest, cart: Cart<any>];
  cocart_empty_cart: [document: Data, request: HookRequest, cart: Cart<any>];
  cocart_cart_items: [items: Record<string, unknown>, itemKey: string, item: HookItem, product: HookProduct];
  cocart_cart_item_name: OfItem<string>;
  cocart_cart_item_title: OfItem<string>;
  cocart_cart_item_price: [price: HookMoney, item: HookItem, itemKey: string, product: HookProduct];
  cocart_cart_item_quantity: [quantity: number, itemKey: string, item: HookItem, product: HookProduct];
  cocart_cart_item_subtotal: Figure;
  cocart_cart_item_subtotal_tax: Figure;
  cocart_cart_item_total: Figure;
  cocart_cart_item_tax: Figure;
  cocart_cart_item_data: [data: Data, itemKey: string, product: HookProduct];
  cocart_cart_item_extensions: [extensions: Data, item: HookItem, itemKey: string, product: HookProduct];
  cocart_cart_item_backorder_notification: [text: string, productId: number];
  cocart_item_thumbnail_src: [src: string, item: HookItem, itemKey: string, removed: boolean];
  cocart_coupon_discount_amount_html: [text: string, coupon: Data];
  cocart_shipping_package_name: [name: string, id: number | string, pack: Data, cart: Cart<any>];
  cocart_cross_sells: [list: readonly unknown[]];
  cocart_notice_types: [kinds: string[]];
  cocart_quantity_minimum_requirement: [least: number, product: HookProduct | undefined];
  cocart_quantity_maximum_allowed: [most: number | "", product: HookProduct | undefined];
  cocart_add_to_cart_validation: [
    verdict: Verdict,
    productId: unknown,
    quantity: number,
    variationId: unknown,
    variation: Data,
    itemData: Data,
    productType: string | undefined,
    request: HookRequest,
  ];
  cocart_add_cart_item_data: [
    itemData: Data,
    productId: unknown,
    variationId: unknown,
    quantity: number,
    productType: string | undefined,
    request: HookRequest,
  ];
  cocart_add_to_cart_quantity: [
    quantity: number,
    productId: unknown,
    variationId: unknown,
    variation: Data,
    itemData: Data,
    request: HookRequest,
  ];
  cocart_does_product_allow_price_change: [allowed: boolean, item: HookRequest, request: HookRequest];
  cocart_update_cart_validation: [verdict: Verdict, itemKey: string, item: HookItem | undefined, quantity: number];
  cocart_update_item: [status: Data, item: unknown, quantity: number, product: unknown];
  cocart_update_customer_fields: [details: Data, request: HookRequest, fields: string[]];
  // API v1
  cocart_return_cart_contents: [contents: Data];
  cocart_return_empty_cart: [contents: unknown];
  cocart_cart_contents: [contents: Data, itemKey: string, item: Data, product: HookProduct];
  cocart_product_name: [text: string, product: HookProduct, item: Data, itemKey: string];
  cocart_product_title: [text: string, product: HookProduct, item: Data, itemKey: string];
  cocart_item_added: [item: Data, itemKey: string];
  cocart_item_added_product_name: [text: string, product: HookProduct, itemKey: string];
  cocart_item_added_product_title: [text: string, product: HookProduct, itemKey: string];
  cocart_ok_to_add: [verdict: Verdict, product: HookProduct | undefined, productId: unknown, quantity: number];
  cocart_ok_to_add_response: [message: string, product: HookProduct | undefined, productId: unknown, quantity: number];
  // messages of errors
  cocart_product_cannot_be_added_message: Message;
  cocart_product_failed_validation_message: Message;
  cocart_product_can_not_add_another_message: Message;
  cocart_product_cannot_be_purchased_message: Message;
  cocart_product_is_out_of_stock_message: Message;
  cocart_product_not_enough_stock_message: Message;
  cocart_product_cannot_add_to_cart_message: Message;
  cocart_cannot_add_product_type_to_cart_message: Message;
  cocart_invalid_variation_data_message: Message;
  cocart_missing_variation_data_message: Message;
  cocart_product_does_not_exist_message: Message;
  cocart_cart_item_key_required_message: Message;
  cocart_item_not_in_cart_message: Message;
  cocart_item_restored_message: Message;
  cocart_no_items_message: Message;
  cocart_no_items_in_cart_message: Message;
  cocart_can_not_restore_item_message: Message;
  cocart_can_not_update_item_message: Message;
  cocart_can_not_increase_quantity_message: Message;
}

/** CoCart's actions that concern a cart, with their arguments in the order of CoCart 4. */
export interface CartActions {
  cocart_item_added_to_cart: [itemKey: string, item: HookItem, request?: HookRequest];
  cocart_item_added_updated_in_cart: [itemKey: string, item: HookItem, quantity: number, request: HookRequest];
  cocart_after_item_added_to_cart: [item: HookItem, request: HookRequest, productType: string, cart: Cart<any>];
  cocart_after_items_added_to_cart: [
    items: Record<string, HookItem>,
    request: HookRequest,
    productType: string,
    cart: Cart<any>,
  ];
  /** `item` holds the quantity before, as it does in CoCart; `now` is the line as it is. */
  cocart_item_quantity_changed: [itemKey: string, item: HookItem, now: HookItem];
  cocart_item_removed: [item: HookItem];
  cocart_item_restored: [item: HookItem];
  cocart_before_cart_emptied: [];
  cocart_cart_emptied: [];
  cocart_cart_cleared: [];
  cocart_update_cart_before_totals: [request: HookRequest, cart: Cart<any>];
  cocart_update_cart_after_totals: [request: HookRequest, cart: Cart<any>];
  cocart_after_session_saved_data: [cartKey: string, document: Data, expiration: undefined, source: "cocart"];
  /** API v1's `get-cart` */
  cocart_get_cart: [contents: Data];
}

/** A filter: gives the value to go on with; `undefined` leaves it as it is. */
export type CartFilter<K extends keyof CartFilters> = (
  ...args: CartFilters[K]
) => CartFilters[K][0] | undefined | void;

export type CartAction<K extends keyof CartActions> = (...args: CartActions[K]) => unknown;
