// Errors: CoCart's documents as exceptions, and the codes that an app is likely to act on.
/** The codes an app is likely to act on. Those of the server are CoCart's own. */
export const codes = Object.freeze({
  /** The engine has never seen the product; it may exist all the same. */
  PRODUCT_UNKNOWN: "cocart_wasm_product_unknown",
  /** The cart was closed. */
  CLOSED: "cocart_wasm_closed",
  /** An option of `createCart` that cannot be used. */
  INVALID_OPTION: "cocart_wasm_invalid_option",
  /** The wasm module could not be loaded. */
  LOAD_FAILED: "cocart_wasm_load_failed",
  /** The store snapshot could not be loaded. */
  STORE_UNAVAILABLE: "cocart_wasm_store_unavailable",
  /** The server could not be reached, or did not answer as CoCart does. */
  OFFLINE: "cocart_wasm_offline",
  /** A storage adapter or a filter called back into the cart that was using it. */
  BUSY: "cocart_wasm_busy",
  /** A hook's listener failed; its event says which. */
  HOOK_FAILED: "cocart_wasm_hook_failed",
  /** The shop wants the customer to sign in, again or at all. */
  UNAUTHORIZED: "cocart_wasm_unauthorized",
  /** User name or password is wrong, or a token has died. */
  AUTHENTICATION_ERROR: "cocart_authentication_error",
  UNKNOWN_PRODUCT: "cocart_unknown_product_id",
  CAN_NOT_INCREASE_QUANTITY: "cocart_can_not_increase_quantity",
  PRODUCT_SOLD_INDIVIDUALLY: "cocart_product_sold_individually",
  NO_ITEMS: "cocart_no_items",
  ITEM_NOT_IN_CART: "cocart_item_not_in_cart",
  NOT_ENOUGH_IN_STOCK: "cocart_not_enough_in_stock",
  PRODUCT_OUT_OF_STOCK: "cocart_product_out_of_stock",
  INVALID_PARAM: "rest_invalid_param",
  MISSING_PARAM: "rest_missing_callback_param",
  NO_ROUTE: "rest_no_route",
});

const RETRYABLE = new Set([
  codes.PRODUCT_UNKNOWN,
  codes.STORE_UNAVAILABLE,
  codes.LOAD_FAILED,
  codes.OFFLINE,
  codes.BUSY,
]);

/** CoCart's error document as an exception. */
export class CartError extends Error {
  /**
   * @param {{code?: string, message?: string, data?: object}} [document]
   * @param {number} [status]
   * @param {ErrorOptions} [options]
   */
  constructor(document, status, options) {
    // The second envelope of CoCart holds a list of errors instead of one.
    const first = Array.isArray(document?.data) ? document.data[0] : document;
    super(String(first?.message ?? "The cart could not answer."), options);
    this.name = "CartError";
    this.code = String(first?.code ?? "cocart_unknown_server_error");
    this.status = status ?? document?.data?.status ?? 0;
    this.data = Array.isArray(document?.data)
      ? { status: this.status }
      : { status: this.status, ...document?.data };
    this.retryable = RETRYABLE.has(this.code) || this.status === 429 || this.status >= 500;
  }

  /** The error document as the server would send it. */
  toJSON() {
    return { code: this.code, message: this.message, data: this.data };
  }
}

/** @param {string} code @param {string} message @param {unknown} [cause] */
export function failure(code, message, cause) {
  return new CartError({ code, message }, 0, cause === undefined ? undefined : { cause });
}

/** A part that is loaded on demand, and no network to load it by: retried like anything else that needs the shop. */
export function notLoaded(cause) {
  throw failure(codes.OFFLINE, "A part of the cart could not be loaded.", cause);
}
