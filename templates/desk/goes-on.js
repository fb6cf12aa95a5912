// A work that is done in pieces: where a page only says how far it is, the next piece begins by itself.
const form = document.querySelector("form[data-goes-on]");
form?.requestSubmit();
