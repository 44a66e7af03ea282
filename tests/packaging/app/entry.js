import { addTwoMugs } from "./cart.js";

document.title = await addTwoMugs().catch((error) => `${error}`);
