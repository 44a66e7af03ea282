/** A store in Svelte's sense: `$document` is the cart's document. */
export function cartStore(cart) {
  return {
    subscribe(run) {
      run(cart.getSnapshot());
      return cart.subscribe(() => run(cart.getSnapshot()));
    },
  };
}
