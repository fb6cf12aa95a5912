/**
 * Makes Inhalt nicer: what was moved keeps the focus and its place on the screen, and articles can be dragged. Every
 * act is the same form that works without.
 */

const kept = "kurier-plan";

/** What was pressed, and how far down the page: the next page goes on there. */
function remember(event) {
  const button = event.submitter;
  const line = button?.closest("[data-article], [id^='section-']");
  const mark = { way: button?.dataset.way ?? "", line: line?.id ?? "", top: line?.getBoundingClientRect().top ?? 0 };
  sessionStorage.setItem(kept, JSON.stringify(mark));
}

function goOn() {
  const mark = JSON.parse(sessionStorage.getItem(kept) ?? "null");
  sessionStorage.removeItem(kept);
  if (document.getElementById("conflict")) return document.getElementById("conflict").focus();
  const line = mark && document.getElementById(mark.line);
  if (!line) return;
  const button = mark.way ? line.querySelector(`[data-way="${mark.way}"]`) : null;
  const details = button?.closest("details");
  if (details) details.open = true;
  (button ?? line).focus({ preventScroll: true });
  scrollBy(0, line.getBoundingClientRect().top - mark.top);
}

/** The line the pointer is above; null at the end. */
const below = (list, y, dragged) =>
  [...list.querySelectorAll("[data-article]")].find((line) => {
    const { top, height } = line.getBoundingClientRect();
    return line !== dragged && y < top + height / 2;
  }) ?? null;

function drag(plan, form) {
  let dragged;
  for (const line of plan.querySelectorAll("[data-section] > [data-article]")) {
    line.draggable = true;
    line.addEventListener("dragstart", (event) => {
      dragged = line;
      line.classList.add("dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", line.dataset.article);
    });
    line.addEventListener("dragend", () => {
      line.classList.remove("dragged");
      for (const mark of plan.querySelectorAll(".here")) mark.classList.remove("here");
      dragged = undefined;
    });
  }
  for (const list of plan.querySelectorAll("[data-section]")) {
    const section = list.closest("section");
    section.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      for (const mark of plan.querySelectorAll(".here")) mark.classList.remove("here");
      (below(list, event.clientY, dragged) ?? list).classList.add("here");
    });
    section.addEventListener("drop", (event) => {
      if (!dragged) return;
      event.preventDefault();
      const before = below(list, event.clientY, dragged);
      form.elements.article.value = dragged.dataset.article;
      form.elements.to.value = JSON.stringify([list.dataset.section, before?.dataset.article ?? null]);
      const top = dragged.getBoundingClientRect().top;
      sessionStorage.setItem(kept, JSON.stringify({ way: "", line: dragged.id, top }));
      form.requestSubmit();
    });
  }
}

const plan = document.querySelector("[data-plan]");
const form = document.getElementById("dragged");
plan?.addEventListener("submit", (event) => {
  if (event.target !== form) remember(event);
});
if (plan && form) drag(plan, form);
// A place named in the address takes the focus once the page is loaded: ours comes after it.
addEventListener("load", () => setTimeout(goOn));
