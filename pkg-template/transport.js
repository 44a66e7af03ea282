// How a cart's requests reach its shop.
/** What single requests tell; a cart's errors among them. */
const REQUESTS = /^(re(quest|sponse|try)|error)$/;

/** The way of a cart's requests to its shop: straight, until an option or a listener asks for more (`wire.js`). */
export class Transport {
  #make;
  #wire;
  #isWanted = false;
  #network;

  constructor(cart, options, network, heard) {
    const { Wire, transport } = options;
    this.#network = network;
    this.#make = ({ Wire }) => new Wire(cart, options, network, heard);
    if (Wire) this.#wire = Promise.resolve(this.#make(options));
    transport.refreshed = (success) => cart.dispatchEvent(new CustomEvent("auth:refresh", { detail: { success } }));
  }

  /** A request waits for what was asked for; where that cannot be loaded it goes out all the same. */
  fetch = async (...request) => (await this.#loaded())?.fetch(...request) ?? this.#network(...request);

  hear(kind) {
    this.#isWanted ||= REQUESTS.test(kind);
    this.#loaded();
  }

  #loaded() {
    // asked for again by the next request, where it was not to be had
    if (this.#isWanted) this.#wire ??= import("./wire.js").then(this.#make).catch(() => void (this.#wire = undefined));
    return this.#wire;
  }

  retry(pause) {
    this.#wire?.then((wire) => wire?.retry(pause));
  }
}
