/* The masthead while it is typed: what it looks like, and whether its colour can be read. The desk judges, not we. */

const judged = document.querySelector("[data-judged]");
const band = document.querySelector("[data-band]");
const [title, bold, subtitle, accent] = ["title", "bold", "subtitle", "accent"].map((id) =>
  document.getElementById(id),
);
const refused = document.getElementById("accent-problem");
const isColour = /^#[0-9a-f]{6}$/i;

const picker = Object.assign(document.createElement("input"), { type: "color", value: accent.value });
const sentence = judged.querySelector("p") ?? Object.assign(document.createElement("p"), { className: "hint" });
const take = Object.assign(document.createElement("button"), { type: "button", className: "link", hidden: true });
sentence.setAttribute("role", "status");
picker.setAttribute("aria-label", judged.dataset.pick);
judged.append(picker, sentence, take);

function showName() {
  const isStart = bold.value !== "" && title.value.startsWith(bold.value);
  band.querySelector("[data-bold]").textContent = isStart ? bold.value : title.value;
  band.querySelector("[data-light]").textContent = isStart ? title.value.slice(bold.value.length) : "";
  if (subtitle) band.querySelector("[data-subtitle]").textContent = subtitle.value;
}

let asked = 0;
async function judge() {
  if (!isColour.test(accent.value)) return;
  picker.value = accent.value;
  asked += 1;
  const mine = asked;
  const answer = await fetch(judged.dataset.judged + accent.value.slice(1), {
    headers: { Accept: "application/json" },
  });
  if (!answer.ok || mine !== asked) return;
  const { isReadable, sentence: said, nearest, band: colours } = await answer.json();
  // What the desk said when it was to be saved stands there until another colour is tried.
  sentence.hidden = refused !== null && accent.value === accent.defaultValue;
  sentence.textContent = said;
  sentence.classList.toggle("problem", !isReadable);
  take.hidden = nearest === undefined;
  if (nearest) Object.assign(take, { textContent: nearest.label, value: nearest.colour });
  for (const [name, colour] of Object.entries(colours))
    band.style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, colour);
}

function setColour(colour) {
  accent.value = colour.toUpperCase();
  judge();
}

let waiting;
accent.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(judge, 150);
});
picker.addEventListener("input", () => setColour(picker.value));
take.addEventListener("click", () => setColour(take.value));
for (const field of [title, bold, subtitle]) field?.addEventListener("input", showName);
judge();
