// WordPress's `batch/v1`, and CoCart Plus's own batch.

const MOST_PARTS = 25;
const WRITES = ["POST", "PUT", "PATCH", "DELETE"];
const TOLD = /^(cocart-|x-wp-|allow$)/i;

/**
 * Answers the cart's parts of a batch here, one after the other, and lets the shop answer the
 * rest. A batch that holds nothing of the cart's, or that WordPress would refuse, is the network's.
 */
export async function answerBatch(text, { request, signal, found, network, kindOf, ask, cart }) {
  const parts = readParts(text);
  const asked = parts?.map((part) => read(part, signal, kindOf));
  const isOwn = (one) => one !== undefined && cart.request("OPTIONS", one.path).status === 200;
  const own = asked?.map(isOwn) ?? [];
  const isWhole = own.every(Boolean);
  const isPlus = found.path !== "/batch/v1";
  if (!own.some(Boolean) || (isPlus && !isWhole)) return network(request);
  let others = [];
  if (!isWhole) {
    // The shop's parts first: nothing is done here when it cannot be reached.
    const body = JSON.stringify({ ...JSON.parse(text), requests: parts.filter((_, at) => !own[at]) });
    const response = await network(new Request(request, { body }));
    if (response.status !== 207) return response;
    others = (await response.json()).responses;
  }
  const responses = [];
  for (const [at, one] of asked.entries()) {
    responses.push(own[at] ? told(await ask(one)) : others.shift());
  }
  if (isPlus) return merged(responses, cart.request("GET", asked[0].path.replace(/\/cart(\/.*)?$/, "/cart")));
  const { headers } = cart.request("POST", found.path, { query: found.query });
  return { status: 207, headers: { ...headers, Allow: "POST" }, body: { responses } };
}

/** The parts, where WordPress would look at them at all. */
function readParts(text) {
  let parts;
  try {
    parts = JSON.parse(text).requests;
  } catch {
    return undefined;
  }
  const isSound = (part) => typeof part?.path === "string" && WRITES.includes(part.method ?? "POST");
  return Array.isArray(parts) && parts.length <= MOST_PARTS && parts.every(isSound) ? parts : undefined;
}

/** A part as a request of its own; undefined where it is none of the cart's. */
function read({ path: sent, method = "POST", body, headers }, signal, kindOf) {
  const [path, search] = sent.split("?", 2);
  if (kindOf(path) !== "cart") return undefined;
  const own = new Headers({ "content-type": "application/json", ...headers });
  return { method, path, query: new URLSearchParams(search), body: JSON.stringify(body), headers: own, signal };
}

/** What WordPress tells of an answer inside another. */
function told({ status, headers, body }) {
  const own = Object.entries(headers).filter(([name]) => TOLD.test(name));
  return { body, status, headers: Object.fromEntries(own) };
}

/** The cart as it is after all parts, with what each of them had to say. */
function merged(responses, { status, headers, body }) {
  const notices = { error: [], success: [], notice: [], info: [] };
  for (const { body: said, status: how } of responses) {
    if (how >= 400) notices.error.push(said.message);
    for (const [kind, texts] of Object.entries(said?.notices ?? {})) notices[kind]?.push(...texts);
  }
  const heard = Object.fromEntries(Object.entries(notices).filter(([, texts]) => texts.length));
  return { status, headers, body: { ...body, notices: Object.keys(heard).length ? heard : [] } };
}
