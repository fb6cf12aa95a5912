// An enhancement: while somebody fills in the order form, their machine does a little work (ALTCHA), so that the form
// need not ask twice. Whoever has no script, or whose machine cannot, takes the slower way.
import { deriveKey } from "./algorithms/web/pbkdf2.js";
import { solveChallenge } from "./pow.js";

const form = document.querySelector("form[data-challenge]");
/** Handed-out work is good for ten minutes; whoever takes longer gets new. */
const goodMilliseconds = 9 * 60_000;
/** Whoever posts sooner than this is taken for a machine; a browser that fills in by itself is as quick. */
const leastMilliseconds = 2_500;
let work;

async function solve() {
  const answer = await fetch(form.dataset.challenge, { credentials: "omit" });
  const challenge = await answer.json();
  const solution = await solveChallenge({ challenge, deriveKey });
  return btoa(JSON.stringify({ challenge, solution }));
}

function begin() {
  if (work && Date.now() - work.begun < goodMilliseconds) return;
  work = { begun: Date.now(), done: solve().catch(() => "") };
}

async function submit(event) {
  event.preventDefault();
  form.removeEventListener("submit", submit);
  form.setAttribute("aria-busy", "true");
  begin();
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "altcha" });
  const left = new Promise((resolve) => setTimeout(resolve, work.begun + leastMilliseconds - Date.now()));
  [field.value] = await Promise.all([work.done, left]);
  form.append(field);
  form.requestSubmit();
}

// Back in the browser: the old solution is still in the page, and used.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
form.addEventListener("focusin", begin);
form.addEventListener("submit", submit);
