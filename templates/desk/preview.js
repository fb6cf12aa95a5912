/** Keeps the preview up to date: asks every second whether anything has changed, while somebody looks. */

const second = 1000;
/** After so long without a change it is enough to ask now and then. Beside a window in which somebody writes, this one sees no sign of them. */
const lively = 30 * 60 * second;
const calm = 5 * second;

let changedAt = Date.now();

async function renew(shown) {
  const page = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!page.ok) return;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[data-preview]");
  if (!fresh) return;
  shown.replaceWith(fresh);
  const told = document.querySelector("[data-told]");
  told.textContent = told.dataset.told;
  changedAt = Date.now();
}

async function ask() {
  const shown = document.querySelector("[data-preview]");
  if (shown && document.visibilityState === "visible") {
    try {
      const answer = await fetch(shown.dataset.stampUrl, { headers: { accept: "application/json" } });
      const { stamp } = answer.ok ? await answer.json() : {};
      if (stamp && stamp !== shown.dataset.stamp) await renew(shown);
    } catch {
      // The net is gone for a moment: asked again.
    }
  }
  setTimeout(ask, Date.now() - changedAt < lively ? second : calm);
}

for (const sign of ["focus", "pointermove", "keydown"])
  addEventListener(sign, () => {
    changedAt = Date.now();
  });
setTimeout(ask, second);
