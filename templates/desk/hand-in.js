// An enhancement of handing in: many files at once, each with its progress, the failed ones tried again; and the page
// shows by itself what became of them. Whoever has no script sends one file after another and reloads.

const form = document.querySelector("form[data-uploads]");
const say = form?.dataset ?? {};
/** Waits between the tries of one file, in milliseconds; a village's line is back after that, or it is down. */
const pauses = [1_000, 4_000, 10_000];
const atOnce = 3;
/** What is being read is looked at this often. */
const lookMilliseconds = 3_000;

// ── sending ──────────────────────────────────────────────────────────────────

const rows = new Map();
const queue = [];
let running = 0;

function prepare() {
  const input = form.querySelector("input[type=file]");
  input.multiple = true;
  form.querySelector("label[for=file]").textContent = say.sayMany;
  form.querySelector("button[type=submit]").closest("p").hidden = true;
  const list = Object.assign(document.createElement("ul"), { className: "list uploads" });
  list.setAttribute("aria-live", "polite");
  form.after(list);
  const drop = form.querySelector(".drop");
  drop.append(Object.assign(document.createElement("p"), { className: "hint", textContent: say.sayDrop }));
  input.addEventListener("change", () => {
    take([...input.files]);
    input.value = "";
  });
  for (const type of ["dragover", "dragleave", "drop"])
    drop.addEventListener(type, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", type === "dragover");
      if (type === "drop") take([...event.dataTransfer.files]);
    });
  return list;
}

/** What lies there already, by name and size, is not sent again. */
const liesThere = ({ name, size }) =>
  [...document.querySelectorAll("#stand [data-name]")].some(
    (line) => line.dataset.name === name.normalize("NFC") && Number(line.dataset.bytes) === size,
  );

function take(files) {
  for (const file of files) {
    const row = rows.get(file.name) ?? newRow(file.name);
    rows.set(file.name, row);
    row.file = file;
    if (liesThere(file)) tell(row, say.sayAlready, "good");
    else tell(row, say.sayWaiting, "quiet");
  }
  ask(files.filter((file) => !liesThere(file)));
}

function newRow(name) {
  const line = document.createElement("li");
  const main = Object.assign(document.createElement("p"), { className: "main", textContent: name });
  const meta = Object.assign(document.createElement("p"), { className: "meta" });
  const end = Object.assign(document.createElement("p"), { className: "end" });
  line.append(main, meta, end);
  list.append(line);
  return { name, line, meta, end };
}

function tell({ end, meta }, label, tone, problem = "") {
  const state = Object.assign(document.createElement("span"), { className: `state ${tone}`, textContent: label });
  end.replaceChildren(state);
  meta.textContent = problem;
}

/** A form for each file, or the sentence that says why there is none: before a byte is sent. */
async function ask(files) {
  if (files.length === 0) return;
  const body = new URLSearchParams();
  for (const { name, size } of files) {
    body.append("name", name);
    body.append("bytes", String(size));
  }
  try {
    const answer = await fetch(say.uploads, { method: "POST", body, headers: { "X-Kurier-Token": say.token } });
    const { files: answers = [], problem } = await answer.json();
    if (problem) throw new Error(problem);
    answers.forEach((one, index) => {
      const row = rows.get(files[index].name);
      if (one.form) queue.push({ row, form: one.form, tries: 0 });
      else tell(row, say.sayFailed, "stops", one.problem);
    });
    next();
  } catch (fault) {
    for (const file of files) failed(rows.get(file.name), fault instanceof SyntaxError ? "" : fault.message);
  }
}

function next() {
  while (running < atOnce && queue.length > 0) {
    running += 1;
    send(queue.shift());
  }
  if (running === 0) look();
}

function send(upload) {
  const { row, form: allowed } = upload;
  const data = new FormData();
  for (const [name, value] of Object.entries(allowed.fields)) data.append(name, value);
  data.append("file", row.file);
  const request = new XMLHttpRequest();
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", `${row.name}: ${say.saySending}`);
  row.end.replaceChildren(bar);
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = total > 0 ? loaded / total : 0;
  });
  request.addEventListener("loadend", () => settled(upload, request.status));
  request.open("POST", allowed.url);
  request.send(data);
}

function settled(upload, status) {
  running -= 1;
  if (status >= 200 && status < 400) tell(upload.row, say.saySent, "good");
  else if (status < 500 && status !== 0) failed(upload.row);
  else if (upload.tries < pauses.length) {
    tell(upload.row, say.sayWaiting, "quiet");
    setTimeout(() => {
      queue.push({ ...upload, tries: upload.tries + 1 });
      next();
    }, pauses[upload.tries]);
  } else failed(upload.row);
  next();
}

function failed(row, problem = "") {
  tell(row, say.sayFailed, "stops", problem);
  const again = Object.assign(document.createElement("button"), {
    type: "button",
    className: "link",
    textContent: say.sayAgain,
  });
  again.setAttribute("aria-label", `${say.sayAgain}: ${row.name}`);
  again.addEventListener("click", () => take([row.file]));
  row.end.append(" ", again);
}

// ── looking ──────────────────────────────────────────────────────────────────

let looking;

/** Takes over what is new, unless somebody is writing there, or has written and not sent it yet. */
async function look() {
  clearTimeout(looking);
  const answer = await fetch(location.pathname, { headers: { "X-Kurier-Look": "1" } }).catch(() => undefined);
  if (answer?.ok) renew(new DOMParser().parseFromString(await answer.text(), "text/html"));
  if (document.querySelector("#stand[data-reading]")) looking = setTimeout(look, lookMilliseconds);
}

function renew(page) {
  const [stand, fresh] = [document.querySelector("#stand"), page.querySelector("#stand")];
  if (!fresh || fresh.dataset.stand === stand.dataset.stand) return;
  if (stand.contains(document.activeElement) || [...stand.querySelectorAll("input, textarea")].some(isTyped)) return;
  stand.replaceWith(fresh);
  document.querySelector("#shown")?.replaceWith(page.querySelector("#shown"));
  const seen = page.querySelector("input[name=seen]");
  const typed = document.querySelector("textarea[name=text]");
  // Whoever has begun to write has seen the text that stood there before.
  if (seen && typed?.value === "") document.querySelector("input[name=seen]").value = seen.value;
}

const isTyped = (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked;

const list = form && prepare();
// A file may be on its way to be read when the page is shown.
if (document.querySelector("#stand")) setTimeout(look, lookMilliseconds);
