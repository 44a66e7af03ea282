// What CoCart is asked with (`spec/cocart-v2.md` 2.7, 3). Where numbers are taken beside texts, they are sent as texts, which is
// what CoCart wants.

import type { Named } from "./documents.js";

/** Query parameters: a map, whose inner maps become `a[b]=c`, or what `URLSearchParams` takes. */
export type Query = string | URLSearchParams | { readonly [name: string]: unknown };

/** Query parameters of every cart route. */
export interface CartQuery {
  /** Only these fields, `totals:total,items`. The answer then holds nothing else. */
  readonly fields?: string;
  /** Whether lines have their picture. */
  readonly thumb?: boolean;
  readonly [name: string]: unknown;
}

/** What `cart/add-item` takes. */
export interface ItemToAdd {
  /** Product id, variation id or SKU. */
  readonly id: string | number;
  /** 1 if left out; fractions are allowed. */
  readonly quantity?: string | number;
  /** Attribute key → value, `{ attribute_pa_color: "blue" }`: slugs for the shop's global attributes, else the text. */
  readonly variation?: Named<string>;
  /** Free data, kept with the line and part of what makes it one. */
  readonly item_data?: Named<unknown>;
  /** Becomes the billing e-mail, if it is one. */
  readonly email?: string;
  /** Becomes the billing phone, if it is one. */
  readonly phone?: string;
  /** A unit price of the shopper's own in major units, with or without tax as the shop enters prices; where the shop allows it. */
  readonly price?: string | number;
  readonly [name: string]: unknown;
}

/** A group and how many of each product in it. */
export interface GroupToAdd {
  /** The group's product id. */
  readonly id: string | number;
  /** Product or variation id → quantity; no SKUs. */
  readonly quantity: { readonly [productId: string]: string | number };
  readonly email?: string;
  readonly phone?: string;
  readonly [name: string]: unknown;
}

/** What `cart/update` takes. `update-customer` takes `first_name`, `country`, `postcode` …, for the delivery address `s_country` … */
export interface UpdateBody {
  /** `update-cart`, `update-customer`, or one that the shop registered. */
  readonly namespace: string;
  /** Item key → quantity, for `update-cart`. */
  readonly quantity?: { readonly [itemKey: string]: string | number };
  readonly [name: string]: unknown;
}

/** What `cart/add-fee` takes. */
export interface FeeToAdd {
  readonly name: string;
  /** In major units, without tax; may be negative. */
  readonly amount: string | number;
  readonly taxable?: boolean;
  readonly tax_class?: string;
  readonly [name: string]: unknown;
}

/** What API v1's `add-item` takes. */
export interface ItemToAddV1 {
  readonly product_id: string | number;
  readonly quantity?: string | number;
  readonly variation_id?: number;
  readonly variation?: Named<string>;
  readonly cart_item_data?: Named<unknown>;
  readonly return_cart?: boolean;
  readonly [name: string]: unknown;
}

/** What `cart.request` takes beside method and path. */
export interface RequestOptions {
  readonly query?: Query;
  /** An object is sent as JSON; a text as its `Content-Type` says. */
  readonly body?: unknown;
  readonly headers?: HeadersInit;
}

/** What the server would have answered. */
export interface CartResponse<Body = unknown> {
  readonly status: number;
  readonly headers: Named<string>;
  readonly body: Body;
}
