// A cart in plain JavaScript on decimal.js that answers with the same document: what one would write instead of this package.
// It knows just what the bench's shop needs. Lines that did not change keep their objects; sums are taken over all lines.
import Decimal from "decimal.js";
import { listening, saveAs } from "./common.mjs";

const SHAPES = {
  reference: {
    price: (amount) => `£${grouped(amount)}`,
    figure: (amount) => amount.toFixed(2),
    subtotal: (amount) => amount.toNumber(),
    items: (lines) => Object.fromEntries(lines.map((line) => [line.item_key, line])),
    weight: (amount) => amount.toNumber(),
    none: () => ({}),
    position: "left",
    backorders: "no",
    packageDetails: true,
    address: ["first_name", "last_name", "company", "country", "address_1", "address_2", "postcode", "city", "state"],
    phone: [],
  },
  "v4.3": {
    price: minor,
    figure: minor,
    subtotal: minor,
    items: (lines) => lines,
    weight: (amount) => amount.toString(),
    none: () => [],
    position: "currency_prefix",
    backorders: "",
    packageDetails: false,
    address: ["first_name", "last_name", "company", "country", "address_1", "address_2", "city", "state", "postcode"],
    phone: ["phone"],
  },
};

const ZERO = new Decimal(0);

function minor(amount) {
  return amount.times(100).toFixed(0);
}

function grouped(amount) {
  return amount.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

class Cart {
  constructor(shop, shape) {
    this.shape = SHAPES[shape];
    this.shop = shop;
    this.products = new Map(shop.products.map((product) => [product.id, product]));
    this.lines = [];
    this.removed = [];
    this.notices = [];
    const { settings } = shop;
    this.currency = {
      currency_code: settings.currency,
      currency_symbol: settings.currency_symbol,
      currency_symbol_pos: this.shape.position,
      currency_minor_unit: 2,
      currency_decimal_separator: ".",
      currency_thousand_separator: ",",
      currency_prefix: settings.currency_symbol,
      currency_suffix: "",
    };
    const known = { country: settings.base_address.country };
    const address = (kind, more) =>
      Object.fromEntries([...this.shape.address, ...more].map((field) => [`${kind}_${field}`, known[field] ?? ""]));
    this.customer = {
      billing_address: address("billing", ["phone", "email"]),
      shipping_address: address("shipping", this.shape.phone),
    };
    this.rates = shop.tax_rates.map((rate) => ({
      code: `${rate.country}-${rate.name.toUpperCase()}-1`,
      name: rate.name,
      class: rate.class ?? "",
      share: new Decimal(rate.rate).div(100),
    }));
  }

  add(id, quantity) {
    const at = this.lines.findIndex((line) => line.id === id);
    if (at >= 0) return this.change(this.lines[at].item_key, this.lines[at].quantity + quantity);
    const product = this.products.get(id);
    const line = { item_key: product.item_key, id, product, price: new Decimal(product.price) };
    line.rate = this.rates.findIndex((rate) => rate.class === product.tax_class);
    this.figures(line, quantity);
    this.lines = [...this.lines, line];
    return this.answer();
  }

  change(key, quantity) {
    const at = this.lines.findIndex((line) => line.item_key === key);
    const line = { ...this.lines[at] };
    this.figures(line, quantity);
    this.lines = this.lines.with(at, line);
    return this.answer();
  }

  remove(key) {
    const line = this.lines.find((line) => line.item_key === key);
    this.lines = this.lines.filter((other) => other !== line);
    const { item_key, id, name, title, price, totals, slug, meta, backorders, cart_item_data, featured_image } = line.document;
    const removed = { item_key, id, name, title, price, quantity: line.quantity, totals, slug, meta, backorders, cart_item_data, featured_image };
    this.removed = [...this.removed.filter((other) => other.item_key !== key), removed];
    this.notices.push(`"${line.product.name}" has been removed from cart.`);
    return this.answer();
  }

  /** A line's amounts and its part of the document. */
  figures(line, quantity) {
    const { product, price } = line;
    line.quantity = quantity;
    line.subtotal = price.times(quantity).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
    line.tax = line.subtotal.times(this.rates[line.rate].share).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
    line.weight = new Decimal(product.weight).times(quantity);
    const tax = line.tax.toNumber();
    line.document = {
      item_key: line.item_key,
      id: line.id,
      name: product.name,
      title: product.name,
      price: this.shape.price(price),
      quantity: { value: quantity, min_purchase: 1, max_purchase: -1 },
      totals: { subtotal: this.shape.subtotal(line.subtotal), subtotal_tax: tax, total: line.subtotal.toNumber(), tax },
      slug: product.slug,
      meta: {
        product_type: "simple",
        sku: product.sku,
        dimensions: { length: "", width: "", height: "", unit: "cm" },
        weight: line.weight.toString(),
        variation: this.shape.none(),
      },
      backorders: this.shape.backorders,
      cart_item_data: this.shape.none(),
      featured_image: product.image,
    };
  }

  answer() {
    const { shape } = this;
    let [subtotal, tax, weight, count] = [ZERO, ZERO, ZERO, 0];
    const byRate = this.rates.map(() => ZERO);
    for (const line of this.lines) {
      subtotal = subtotal.plus(line.subtotal);
      byRate[line.rate] = byRate[line.rate].plus(line.tax);
      weight = weight.plus(line.weight);
      count += line.quantity;
    }
    for (const amount of byRate) tax = tax.plus(amount);
    const taxes = {};
    this.rates.forEach(({ code, name }, at) => {
      if (!byRate[at].isZero()) taxes[code] = { name, price: shape.figure(byRate[at]) };
    });
    const none = shape.figure(ZERO);
    const total = subtotal.plus(tax);
    const notices = this.notices.length ? { success: this.notices } : shape.none();
    this.notices = [];
    this.last = {
      currency: this.currency,
      customer: this.customer,
      items: shape.items(this.lines.map((line) => line.document)),
      item_count: count,
      items_weight: shape.weight(weight),
      coupons: [],
      needs_payment: !total.isZero(),
      needs_shipping: false,
      shipping: { total_packages: 0, show_package_details: shape.packageDetails, has_calculated_shipping: false, packages: [] },
      fees: [],
      taxes,
      totals: {
        subtotal: shape.figure(subtotal),
        subtotal_tax: shape.figure(tax),
        fee_total: none,
        fee_tax: none,
        discount_total: none,
        discount_tax: none,
        shipping_total: none,
        shipping_tax: none,
        total: shape.figure(total),
        total_tax: shape.figure(tax),
      },
      removed_items: this.removed,
      cross_sells: [],
      notices,
    };
    return this.last;
  }
}

export const contestant = (profile) => ({
  name: `plain JavaScript on decimal.js, ${profile}`,
  leavesOut: "cart_hash, freezing, coupons, shipping, stock, compound or inclusive tax, hooks, sync; saves ids and quantities alone",
  async open({ shop, lines, saved }) {
    const cart = new Cart(shop, profile);
    for (let id = 1; id <= lines; id += 1) cart.add(id, 1);
    const extra = lines + 1;
    const { item_key: added } = shop.products[lines];
    cart.add(extra, 1);
    cart.remove(added);
    const save = saveAs(`bench-decimal-${profile}`, saved);
    const tell = listening(() => cart.last);
    const then = (document) => {
      save(cart.lines.map(({ id, quantity }) => [id, quantity]));
      tell();
      return document;
    };
    const changed = shop.products[Math.ceil(lines / 2) - 1].item_key;
    return {
      change: (quantity) => then(cart.change(changed, quantity)),
      add: () => then(cart.add(extra, 1)),
      remove: () => then(cart.remove(added)),
      close: save.forget,
    };
  },
});
