// Keeps what is typed while it is typed. Without this, the button beside "save" does the same.

const pauseMilliseconds = 1500;
const againMilliseconds = 10_000;

const form = document.querySelector("form.words[data-draft]");
const area = form?.querySelector("textarea");
const status = document.querySelector("#kept");

if (form && area && status) keepTyping(form, area, status);
// A place named in the address takes the focus once the page is loaded: ours comes after it.
if (area?.dataset.from) addEventListener("load", () => setTimeout(() => goTo(area)));

/** Selects what a check spoke of, in the middle of the editor. */
function goTo(area) {
  const [from, to] = [Number(area.dataset.from), Number(area.dataset.to)];
  const text = area.value;
  // The height of a text is known by setting it: an editor tells of no line where it stands.
  area.value = text.slice(0, to);
  const height = area.scrollHeight;
  area.value = text;
  area.focus({ preventScroll: true });
  area.setSelectionRange(from, to);
  area.scrollTop = Math.max(0, height - area.clientHeight / 2);
  document.querySelector("#place")?.scrollIntoView({ block: "start" });
}

function keepTyping(form, area, status) {
  let kept = area.value;
  let waiting;
  let isKeeping = false;
  let isOver = false;
  let isSecond = false;
  let isWaiting = false;

  const later = (milliseconds) => {
    clearTimeout(waiting);
    if (!isOver) waiting = setTimeout(keep, milliseconds);
  };

  async function keep() {
    const typed = area.value;
    if (isOver || isKeeping || typed === kept || !area.validity.valid) return;
    isKeeping = true;
    isWaiting = false;
    const body = new FormData(form);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, headers: { accept: "application/json" } });
      if (answer.ok) {
        const { version, time } = await answer.json();
        form.elements.version.value = version;
        kept = typed;
        isSecond = false;
        status.textContent = form.dataset.kept.replace("{time}", time);
      } else await refused(answer);
    } catch {
      wait(form.dataset.unkept);
    }
    isKeeping = false;
    if (area.value !== kept && !isWaiting) later(pauseMilliseconds);
  }

  function wait(sentence) {
    isWaiting = true;
    isSecond = false;
    status.textContent = sentence;
    later(againMilliseconds);
  }

  async function refused(answer) {
    const { sentence, problem, token } = await answer.json().catch(() => ({}));
    if (answer.status === 409 || answer.status === 413) {
      isOver = answer.status === 409;
      isWaiting = true;
      status.textContent = sentence;
    } else if (token && !isSecond) {
      // They signed in again in another tab: this one goes on with what they got there.
      isSecond = true;
      for (const field of document.querySelectorAll("input[name=token]")) field.value = token;
    } else wait(problem ?? form.dataset.unanswered);
  }

  area.addEventListener("input", () => {
    if (isOver) return;
    status.textContent = form.dataset.typing;
    later(pauseMilliseconds);
  });
  // Whoever saves or leaves needs nothing kept any more; what was kept stays until it is saved.
  form.addEventListener("submit", () => {
    isOver = true;
    clearTimeout(waiting);
  });
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  // A page taken out of the browser's memory knows an older state of things.
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}
