// What stands beside the documents: what waits, what was refused, what happens.

import type { ItemToAdd } from "./requests.js";

/** A cart that ran out on the server. */
export interface ExpiredCart {
  /** What was in it, in the words of CoCart's requests. */
  readonly lines: readonly ItemToAdd[];
  /** Puts the lines into the cart there is now. */
  accept(): void;
  /** Lets them go. */
  decline(): void;
}

/** How things stand. It is beside the documents, never in them. */
export interface CartStatus {
  /** Changes the server has not been told yet. */
  readonly pending: number;
  /** Whether the shop answers. */
  readonly online: boolean;
  /** Whether it is being told right now. */
  readonly syncing: boolean;
  /** JSON pointers to what only the server knows exactly: `/totals`, `/items/{item key}/price`. */
  readonly estimated: readonly string[];
  /**
   * Whether the document shown is the shop's own, as it came: it knows every change, speaks the app's `profile`, and has a
   * line. In any other profile the figures are worked out here from what the shop said; ask `pending` and `estimated` then.
   */
  readonly confirmed: boolean;
  /** `memory` where nothing can be kept. */
  readonly storage: "local" | "memory" | "adapter";
  /** Changes that storage had no room for: they are gone with the page. */
  readonly unsaved: number;
  /** Whether a request given up for lost may still arrive. */
  readonly suspect: boolean;
  /** Whether a newer version of this package has written what is kept: nothing is written then. */
  readonly readOnly: boolean;
  /** Whether the cart is, or is about to be, a customer's. */
  readonly signedIn: boolean;
  /** Whether requests wait until the customer signs in again. */
  readonly unauthorized: boolean;
  /** Whether the cart was handed over to the shop's checkout and has not come back empty since. */
  readonly handedOver: boolean;
  /** When the shop forgets a guest's cart that nobody touches (`Date.now()`'s time), where it says so. */
  readonly expires?: number;
}

/** What a change does. */
export type ChangeType =
  | "add-item" | "add-items" | "update-item" | "update-items" | "remove-item" | "restore-item" | "clear" | "calculate" | "read-cart"
  | "update-customer" | "set-address" | "apply-coupon" | "remove-coupon" | "choose-shipping-rate" | "add-fee" | "remove-fees" | "update";

/** A change that waits, in the words of CoCart's requests: an `add-item` has `id`, `quantity`, `item_data` and so on. */
export interface PendingChange {
  readonly type: ChangeType;
  readonly [name: string]: unknown;
}

/** What the server refused or decided otherwise. */
export interface Conflict {
  readonly id: string;
  /** The shop's own code, or `cocart_wasm_in_doubt`, `cocart_wasm_line_changed`, `cocart_wasm_price_changed`. */
  readonly code: string;
  /** In the shop's words: HTML where it sends HTML. */
  readonly message: string;
  /** The shop's HTTP status; 0 where it refused nothing. */
  readonly status: number;
  /** What was asked for; without it there is nothing to retry. */
  readonly command?: PendingChange;
  readonly item_key?: string;
  /** Where a quantity is concerned: what was asked for, and what the shop has. */
  readonly quantity?: { readonly asked: number; readonly found: number };
  /** Where a price is concerned: a line's `price` as it was shown, and as the shop's document has it now, in its own units. */
  readonly price?: { readonly shown: string | number; readonly now: string | number | null };
  /** Asks the server once more. */
  retry(): void;
  /** Lets the change go. */
  dismiss(): void;
}

/** Which request an event is about; cart keys in the address read `[hidden]`. */
export interface RequestAbout {
  readonly method: string;
  readonly url: string;
}

/** The `conflict` event's detail for a cart that ran out: `cart.expired` has the same lines, to be accepted or declined. */
export interface ExpiredDetail {
  readonly code: "cart_expired";
  readonly message: string;
  /** Only this detail has any: `if (detail.lines)` tells it from a conflict. */
  readonly lines: readonly ItemToAdd[];
  readonly id?: undefined;
  readonly command?: undefined;
  readonly item_key?: undefined;
  readonly quantity?: undefined;
  readonly price?: undefined;
}

/** What each event carries in its `detail`. */
export interface CartEvents {
  /** The cart is another than it was. */
  change: undefined;
  pending: { readonly pending: number };
  /** The shop knows everything. */
  sync: undefined;
  /** The shop refused a change or decided otherwise; or the cart ran out there, and `cart.expired` offers its lines. */
  conflict: (Omit<Conflict, "retry" | "dismiss"> & { readonly lines?: undefined }) | ExpiredDetail;
  /** The shop answers again. */
  online: undefined;
  /** The shop does not answer. */
  offline: undefined;
  /**
   * `codes.HOOK_FAILED` names the hook and what it threw; `codes.OFFLINE` names a request that got no answer, and its `error`;
   * `codes.UNAUTHORIZED` asks for a new sign-in; `storage_quota`, `storage_corrupt` and `storage_newer_schema` tell of storage.
   */
  error: { readonly code: string; readonly message: string; readonly hook?: string; readonly cause?: unknown; readonly error?: unknown } & Partial<RequestAbout>;
  /** A request of the cart's own goes to the shop. Header values and parts of the body that open a cart or an account read `[hidden]`. */
  request: RequestAbout & { readonly headers: { readonly [name: string]: string }; readonly body?: unknown };
  /** The shop answered, whatever it said; `duration` is in milliseconds. */
  response: RequestAbout & { readonly status: number; readonly duration: number };
  /** The cart waits `delay` milliseconds before it asks again; `reason` is `transient_error` or `http_` and the status. */
  retry: Partial<RequestAbout> & { readonly attempt: number; readonly maxRetries: number; readonly delay: number; readonly reason?: string };
  /** Credentials were renewed without anybody asking, or could not be. */
  "auth:refresh": { readonly success: boolean };
}
