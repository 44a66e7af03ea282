// Money in the shop's own way of writing it, with a true minus.
import { format, toMinor } from "../pkg/money.js";

/** Minor units (`"1800"`) as the shop writes them. */
export const money = (minor, currency) => format(minor, currency).replace("-", "−");

/** A price in major units (`"18"`, `18.5`) in minor ones. */
export const minor = toMinor;
