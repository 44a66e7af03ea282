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

/** Codes an app is likely to act on: the package's own, then CoCart's and WordPress's with the status that API v2 gives them. */
export const codes: {
  /** The engine has never seen the product; it may exist all the same: `await cart.loadProduct(id)`, then again. Retryable. */
  readonly PRODUCT_UNKNOWN: "cocart_wasm_product_unknown";
  /** The cart was closed, or forgotten. */
  readonly CLOSED: "cocart_wasm_closed";
  /** An option that cannot be used, or a call that an option would have had to allow. */
  readonly INVALID_OPTION: "cocart_wasm_invalid_option";
  /** The wasm module could not be loaded. Retryable. */
  readonly LOAD_FAILED: "cocart_wasm_load_failed";
  /** The store snapshot, or the catalogue of messages, could not be loaded. Retryable. */
  readonly STORE_UNAVAILABLE: "cocart_wasm_store_unavailable";
  /** The shop could not be reached, or did not answer as CoCart does. Retryable; what waits is kept. */
  readonly OFFLINE: "cocart_wasm_offline";
  /** A storage adapter or a filter called back into the cart that was using it. Retryable: do it after. */
  readonly BUSY: "cocart_wasm_busy";
  /** A listener of the app's failed; told by the event `error` alone. */
  readonly HOOK_FAILED: "cocart_wasm_hook_failed";
  /** The shop wants the customer to sign in, again or at all. */
  readonly UNAUTHORIZED: "cocart_wasm_unauthorized";
  /** 401: user name or password is wrong, or a token has died. */
  readonly AUTHENTICATION_ERROR: "cocart_authentication_error";
  /** 404: no product has this SKU. */
  readonly UNKNOWN_PRODUCT: "cocart_unknown_product_id";
  /** 405: more of what is sold one per cart. */
  readonly CAN_NOT_INCREASE_QUANTITY: "cocart_can_not_increase_quantity";
  /** 403: one per cart, and it is there. */
  readonly PRODUCT_SOLD_INDIVIDUALLY: "cocart_product_sold_individually";
  /** 404: the cart is empty. */
  readonly NO_ITEMS: "cocart_no_items";
  /** 404: no line has this key, perhaps no more. */
  readonly ITEM_NOT_IN_CART: "cocart_item_not_in_cart";
  /** 404: more than there is. */
  readonly NOT_ENOUGH_IN_STOCK: "cocart_not_enough_in_stock";
  /** 404: sold out. */
  readonly PRODUCT_OUT_OF_STOCK: "cocart_product_out_of_stock";
  /** 400: a parameter is wrong; `data.details` says how. */
  readonly INVALID_PARAM: "rest_invalid_param";
  /** 400: a parameter is missing; `data.params` lists them. */
  readonly MISSING_PARAM: "rest_missing_callback_param";
  /** 404: no such route, or a shop without the plugin that has it. */
  readonly NO_ROUTE: "rest_no_route";
};
