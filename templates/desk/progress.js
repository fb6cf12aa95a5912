/** Looks how far an issue is and puts it in its place. Without this the page is as it was loaded. */
const live = document.querySelector("[data-live]");
const place = live?.querySelector("[data-progress]");
const said = live?.querySelector("[data-said]");
const everySeconds = 2;
/** Who listens is told now and then, not at every letter. */
const toldSeconds = 20;
let toldAt = 0;
const before = () => place.firstElementChild?.dataset ?? {};

async function look() {
  const { accepted, at, status } = before();
  const query = at ? `?accepted=${accepted}&at=${encodeURIComponent(at)}` : "";
  const answer = await fetch(live.dataset.live + query, { headers: { accept: "text/html" } });
  if (answer.status === 204) return;
  // Signed out, or something broke: the page as it stands is better than none.
  if (!answer.ok || answer.redirected) return clearInterval(timer);
  const made = document.createElement("template");
  made.innerHTML = await answer.text();
  const now = made.content.firstElementChild?.dataset;
  // In another state other things can be said to it.
  if (now?.status !== status) return location.replace(location.pathname);
  place.replaceChildren(made.content);
  if (Date.now() - toldAt < toldSeconds * 1000) return;
  toldAt = Date.now();
  said.textContent = now.line;
}

const timer = setInterval(() => {
  if (!document.hidden) look().catch(() => {});
}, everySeconds * 1000);
