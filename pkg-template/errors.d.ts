// Errors, as exceptions.

/** CoCart's error document as an exception. */
export class CartError extends Error {
  constructor(document?: object, status?: number, options?: { readonly cause?: unknown });
  readonly name: "CartError";
  /** CoCart's code, or one of `codes`. */
  readonly code: string;
  /** The HTTP status the server would have sent; 0 where there is none. */
  readonly status: number;
  readonly data: { readonly status: number; readonly [name: string]: unknown };
  /** Whether the same may work later. */
  readonly retryable: boolean;
  /** The error document as the server would send it. */
  toJSON(): { code: string; message: string; data: object };
}

/** Codes an app is likely to act on. */
export const codes: {
  readonly PRODUCT_UNKNOWN: "cocart_wasm_product_unknown";
  readonly CLOSED: "cocart_wasm_closed";
  readonly INVALID_OPTION: "cocart_wasm_invalid_option";
  readonly LOAD_FAILED: "cocart_wasm_load_failed";
  readonly STORE_UNAVAILABLE: "cocart_wasm_store_unavailable";
  readonly OFFLINE: "cocart_wasm_offline";
  readonly BUSY: "cocart_wasm_busy";
  readonly HOOK_FAILED: "cocart_wasm_hook_failed";
  readonly UNAUTHORIZED: "cocart_wasm_unauthorized";
  readonly AUTHENTICATION_ERROR: "cocart_authentication_error";
  readonly UNKNOWN_PRODUCT: "cocart_unknown_product_id";
  readonly CAN_NOT_INCREASE_QUANTITY: "cocart_can_not_increase_quantity";
  readonly PRODUCT_SOLD_INDIVIDUALLY: "cocart_product_sold_individually";
  readonly NO_ITEMS: "cocart_no_items";
  readonly ITEM_NOT_IN_CART: "cocart_item_not_in_cart";
  readonly NOT_ENOUGH_IN_STOCK: "cocart_not_enough_in_stock";
  readonly PRODUCT_OUT_OF_STOCK: "cocart_product_out_of_stock";
  readonly INVALID_PARAM: "rest_invalid_param";
  readonly MISSING_PARAM: "rest_missing_callback_param";
  readonly NO_ROUTE: "rest_no_route";
};
