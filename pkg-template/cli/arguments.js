import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

/** A command line that cannot be followed. */
export class UsageError extends Error {}

export const HELP = `Usage: cocart-wasm snapshot --url https://shop.example [options] > store-snapshot.json

Makes the store snapshot that cocart-wasm computes carts with, from the shop's
WooCommerce REST API, by read-only keys. The file is public: keys, customers,
drafts, private products, coupon codes and hidden stock never reach it.

The shop
  --url URL            its address                         [COCART_SNAPSHOT_URL]
  --key KEY            consumer key, ck_…                  [COCART_SNAPSHOT_KEY]
  --secret SECRET      consumer secret, cs_…               [COCART_SNAPSHOT_SECRET]
                       (others on the machine can see a command line: prefer the environment)
  --public             without keys: what CoCart shows every visitor. No tax rates,
                       no shipping, no coupons: every amount is an estimate
  --rest-prefix NAME   the REST API's path, "wp-json" unless the shop changed it
  --namespace NAME     CoCart's namespace, "cocart" unless white-labelled
  --no-cocart          ask CoCart for no pictures; their addresses follow WordPress's naming
  --allow-http         send keys without encryption (localhost may anyway)

What the file holds
  --catalogue          also what product pages show: descriptions, pictures, tags
  --coupon CODE[=AMT]  let a coupon out; AMT is its exact amount, where WooCommerce's two
                       decimals are not enough (percent33=33.333). Repeatable
  --coupons FILE       the same, one on each line; # begins a remark
  --salt TEXT          the salt of the coupons' hashes; random unless given or in --since
                                                           [COCART_SNAPSHOT_SALT]
  --meta KEY           let products' meta data of this key out (with --catalogue). Repeatable
  --min-quantity KEY   the meta data in which a plugin keeps a product's smallest quantity
  --max-quantity KEY   … its largest
  --hide-stock         no stock figures, even where the shop shows them
  --complete           an unknown product is no product (for a shop that makes its snapshot
                       anew with every change); otherwise the shop is asked
  --fees FILE          fees that the shop's add-ons put on every cart: a JSON list of
                       {"name", "amount", "taxable", "tax_class"}
  --callback NAME=DOES what a callback of the shop's own does for cart/update: NAME is its
                       namespace; DOES is apply-coupon, remove-coupon, set-address or
                       choose-shipping-rate. Repeatable
  --option NAME=VALUE  an option that the REST API does not tell, such as
                       woocommerce_checkout_company_field=hidden. Repeatable
  --assume NAME=VER    a version, where the shop does not tell it (or tells it wrong):
                       woocommerce, cocart, php, wordpress. Repeatable

How
  --since FILE         refresh this snapshot: read only products that changed
  --out FILE           write there at the end, whole or not at all, instead of to standard output
  --report FILE        write counts and sizes as JSON
  --budget BYTES       fail above this many bytes (gzip) for each product or variation
  --concurrency N      requests at a time, 4               --timeout SECONDS  for one answer, 60
  --retries N          further tries of a request, 4       --per-page N       1 to 100
  --quiet              no progress                         --help, --version

Ends with 0 when the snapshot is made, 1 when the shop could not be read, 2 for a wrong
command line, 3 when the shop refused the keys, 4 above the budget.
`;

const text = { type: "string" };
const texts = { type: "string", multiple: true };
const flag = { type: "boolean" };
const OPTIONS = {
  url: text, key: text, secret: text, public: flag, "rest-prefix": text, namespace: text, "no-cocart": flag, "allow-http": flag,
  catalogue: flag, coupon: texts, coupons: texts, salt: text, meta: texts, "min-quantity": text, "max-quantity": text, "hide-stock": flag, complete: flag, callback: texts, option: texts, assume: texts, fees: text,
  since: text, out: text, report: text, budget: text, concurrency: text, timeout: text, retries: text, "per-page": text,
  quiet: { type: "boolean", short: "q" }, help: { type: "boolean", short: "h" }, version: flag,
};

/** The settings of a command line and its environment. */
export function readArguments(args, env) {
  let values;
  let positionals;
  try {
    ({ values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true }));
  } catch (error) {
    throw new UsageError(error.message);
  }
  if (values.help || (args.length === 0 && positionals.length === 0)) return { show: "help" };
  if (values.version) return { show: "version" };
  const [command, ...rest] = positionals;
  if (command !== "snapshot" || rest.length > 0) throw new UsageError(command === undefined ? "which command? There is one: snapshot" : `there is no command "${positionals.join(" ")}"`);

  const isPublic = values.public ?? false;
  const [key, secret] = [values.key ?? env.COCART_SNAPSHOT_KEY, values.secret ?? env.COCART_SNAPSHOT_SECRET];
  if (!isPublic && (!key || !secret)) throw new UsageError("keys are missing: --key and --secret, or COCART_SNAPSHOT_KEY and COCART_SNAPSHOT_SECRET (or --public, without keys)");
  for (const name of ["catalogue", "coupon", "coupons", "since", "meta", "min-quantity", "max-quantity", "complete", "no-cocart", "fees", "callback", "option", "assume"]) {
    if (isPublic && values[name] !== undefined) throw new UsageError(`--${name} needs keys: it does not go with --public`);
  }
  const perPage = number(values, "per-page", 100, 1);
  if (perPage > 100) throw new UsageError("--per-page: WooCommerce gives 100 at most");
  return {
    shop: address(values.url ?? env.COCART_SNAPSHOT_URL, isPublic || (values["allow-http"] ?? false)),
    key: isPublic ? undefined : key,
    secret: isPublic ? undefined : secret,
    isPublic,
    restPrefix: values["rest-prefix"] ?? "wp-json",
    namespace: values.namespace ?? "cocart",
    asksCocart: !values["no-cocart"],
    catalogue: values.catalogue ?? false,
    coupons: coupons(values),
    salt: values.salt ?? env.COCART_SNAPSHOT_SALT,
    metaKeys: values.meta ?? [],
    minQuantity: values["min-quantity"] ?? "",
    maxQuantity: values["max-quantity"] ?? "",
    hideStock: values["hide-stock"] ?? false,
    complete: values.complete ?? false,
    fees: values.fees === undefined ? [] : fees(values.fees),
    callbacks: pairs(values, "callback"),
    options: pairs(values, "option"),
    versions: versions(values),
    previous: values.since === undefined ? undefined : previous(values.since),
    out: values.out,
    report: values.report,
    budget: values.budget === undefined ? undefined : number(values, "budget", 0, 1),
    concurrency: number(values, "concurrency", 4, 1),
    timeout: number(values, "timeout", 60, 0.001) * 1000,
    retries: number(values, "retries", 4, 0),
    perPage,
    quiet: values.quiet ?? false,
  };
}

function address(given, allowHttp) {
  if (!given) throw new UsageError("the shop's address is missing: --url https://shop.example");
  let url;
  try {
    url = new URL(given);
  } catch {
    throw new UsageError(`--url is no address: ${given}`);
  }
  if (url.username || url.password) throw new UsageError("--url must not hold a name or password: keys are given by --key and --secret");
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.*\.localhost)$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && (local || allowHttp))) {
    throw new UsageError(`--url must begin with https: keys would cross the network in the clear (${url.protocol}//…)`);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

function number(values, name, otherwise, least) {
  const value = Number(values[name] ?? otherwise);
  if (!(value >= least)) throw new UsageError(`--${name} must be a number from ${least}`);
  return value;
}

function pairs(values, name) {
  return Object.fromEntries(
    (values[name] ?? []).map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw new UsageError(`--${name} ${pair}: NAME=VALUE was expected`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function versions(values) {
  const given = pairs(values, "assume");
  const unknown = Object.keys(given).find((name) => !["woocommerce", "cocart", "php", "wordpress"].includes(name));
  if (unknown) throw new UsageError(`--assume ${unknown}: woocommerce, cocart, php and wordpress have versions`);
  return given;
}

/** The allow-list of coupons. A code may hold "=": only a number behind the last one is an amount. */
function coupons(values) {
  const lines = (values.coupons ?? []).flatMap((file) =>
    readText(file, "--coupons")
      .split(/\r?\n/)
      .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
      .filter(Boolean),
  );
  return [...lines, ...(values.coupon ?? [])].map((line) => {
    const [, code, amount] = /^(.*?)(?:\s*=\s*(\d+(?:\.\d+)?))?$/.exec(line);
    return amount === undefined ? { code } : { code, amount };
  });
}

function fees(file) {
  let list;
  try {
    list = JSON.parse(readText(file, "--fees"));
  } catch (error) {
    if (error instanceof UsageError) throw error;
  }
  if (!Array.isArray(list)) throw new UsageError(`--fees ${file}: not a JSON list`);
  return list;
}

function previous(file) {
  const own = readText(file, "--since");
  if (own.trim() === "") throw new UsageError(`--since ${file}: the file is empty. A shell's "> ${file}" empties it before the command runs: use --out ${file}`);
  try {
    const snapshot = JSON.parse(own);
    if (typeof snapshot?.format === "number") return snapshot;
  } catch {
    // said below
  }
  throw new UsageError(`--since ${file}: not a snapshot`);
}

function readText(file, option) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${option} ${file}: ${error.code === "ENOENT" ? "there is no such file" : error.message}`);
  }
}
