// A page that does one job of the bench at each load, and tells the server what came of it.
import "/start.mjs";

// The page's own loading is over by then.
await new Promise((done) => setTimeout(done, 60));
const { name, work } = await (await fetch("/next", { cache: "no-store" })).json();
const told = await bench[name](work).then(
  (result) => ({ result }),
  (error) => ({ error: error.stack }),
);
const { more } = await (await fetch("/told", { method: "POST", body: JSON.stringify(told) })).json();
if (more) location.reload();
