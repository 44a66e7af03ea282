// Amounts of the app's own in the shop's way of writing money.

/** What a document's `currency` says; a part of it is enough. */
export interface MoneyFormat {
  readonly currency_code?: string;
  readonly currency_symbol?: string;
  readonly currency_symbol_pos?: string;
  /** 2 if left out. */
  readonly currency_minor_unit?: number;
  readonly currency_decimal_separator?: string;
  readonly currency_thousand_separator?: string;
  readonly currency_prefix?: string;
  readonly currency_suffix?: string;
}

/** An integer in minor units (cents). */
export type Minor = string | number | bigint;

/** Minor units as the shop writes them: its symbol, separators and decimals. Plain text, not HTML. Throws `RangeError` where it is no integer. */
export function format(minor: Minor, currency: MoneyFormat): string;
/** Minor units in the manner of a reader's own language (`Intl.NumberFormat`). */
export function formatIntl(minor: Minor, currency: MoneyFormat & { readonly currency_code: string }, locale?: string | readonly string[], options?: Intl.NumberFormatOptions): string;
/** Major units (`"12.50"`, `12.5`) in minor ones (`"1250"`), rounded half away from zero as the shop does. */
export function toMinor(major: string | number, currency: MoneyFormat): string;
/** Minor units (`"1250"`) in major ones (`"12.50"`). */
export function toMajor(minor: Minor, currency: MoneyFormat): string;
