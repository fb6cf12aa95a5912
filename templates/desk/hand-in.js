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

/** One for each file somebody took, also where two are called alike. */
const rows = [];
const queue = [];
let running = 0;

function prepare() {
  const input = form.querySelector("input[type=file]");
  input.multiple = true;
  form.querySelector("label[for=file]").textContent = say.sayMany;
  form.querySelector("button[type=submit]").closest("p").hidden = true;
  for (const line of form.querySelectorAll("[data-without-script]")) line.hidden = true;
  const list = Object.assign(document.createElement("ul"), { className: "list uploads" });
  // Whoever listens hears sums, and not forty names one after the other.
  const sum = Object.assign(document.createElement("p"), { className: "hint", role: "status" });
  form.after(sum, list);
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
  return { list, sum };
}

function take(files) {
  // "Now add text and pictures" has been done.
  document.querySelector("main > .done")?.remove();
  const taken = files.map((file) => ({ file, ...newLine(file.name) }));
  rows.push(...taken);
  ask(taken);
}

function newLine(name) {
  const line = document.createElement("li");
  const main = Object.assign(document.createElement("p"), { className: "main", textContent: name });
  const meta = Object.assign(document.createElement("p"), { className: "meta" });
  const end = Object.assign(document.createElement("p"), { className: "end" });
  line.append(main, meta, end);
  page.list.append(line);
  return { name, line, main, meta, end };
}

function tell(row, is, label, problem = "") {
  const tone = { sent: "good", there: "good", failed: "stops" }[is] ?? "quiet";
  const state = Object.assign(document.createElement("span"), { className: `state ${tone}`, textContent: label });
  row.is = is;
  row.end.replaceChildren(state);
  row.meta.textContent = problem;
}

/** A form for each file, or the sentence that says why there is none: before a byte is sent. */
async function ask(asked) {
  for (const row of asked) tell(row, "waiting", say.sayWaiting);
  addUp();
  try {
    const { files, problem } = await answered(asked);
    if (problem) for (const row of asked) failed(row, problem);
    else for (const [index, answer] of files.entries()) give(asked[index], answer);
  } catch {
    for (const row of asked) failed(row, say.sayLine);
  }
  next();
}

/** Whoever signed in again in another tab goes on here: the answer brings their token. */
async function answered(asked, isSecond = false) {
  const body = new URLSearchParams();
  for (const { file } of asked) {
    body.append("name", file.name);
    body.append("bytes", String(file.size));
  }
  for (const { stored, file } of rows.filter((row) => row.stored)) {
    body.append("way-name", stored);
    body.append("way-bytes", String(file.size));
  }
  const headers = { accept: "application/json", "X-Kurier-Token": form.dataset.token };
  const answer = await (await fetch(say.uploads, { method: "POST", body, headers })).json();
  if (answer.token === undefined || isSecond) return answer;
  form.dataset.token = answer.token;
  return answered(asked, true);
}

function give(row, { form: allowed, stored, isThere, problem }) {
  if (isThere) return tell(row, "there", say.sayAlready);
  if (!allowed) return tell(row, "failed", say.sayFailed, problem);
  Object.assign(row, { stored, name: stored });
  row.main.textContent = stored;
  queue.push({ row, form: allowed, tries: 0 });
}

function next() {
  while (running < atOnce && queue.length > 0) {
    running += 1;
    send(queue.shift());
  }
  addUp();
  if (running === 0) look();
}

/** Said when they are taken and when all of them are done, and not at each. */
function addUp() {
  const count = (...states) => rows.filter(({ is }) => states.includes(is)).length;
  const [waiting, sent, lost] = [count("waiting"), count("sent", "there"), count("failed")];
  const words = waiting > 0 ? say.sayOnTheWay.replace("{files}", rows.length) : lost > 0 ? say.sayLost : say.sayAll;
  page.sum.textContent = rows.length > 0 ? words.replace("{sent}", sent).replace("{lost}", lost) : "";
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
  if (status >= 200 && status < 400) tell(upload.row, "sent", say.saySent);
  else if (status < 500 && status !== 0) failed(upload.row, say.sayRefused);
  else if (upload.tries < pauses.length) {
    tell(upload.row, "waiting", say.sayWaiting);
    setTimeout(() => {
      queue.push({ ...upload, tries: upload.tries + 1 });
      next();
    }, pauses[upload.tries]);
  } else failed(upload.row, say.sayLine);
  next();
}

function failed(row, problem = "") {
  row.stored = undefined;
  tell(row, "failed", say.sayFailed, problem);
  const as = { type: "button", className: "link", textContent: say.sayAgain };
  const again = Object.assign(document.createElement("button"), as);
  again.setAttribute("aria-label", `${say.sayAgain}: ${row.name}`);
  again.addEventListener("click", () => ask([row]));
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

function renew(later) {
  const [stand, fresh] = [document.querySelector("#stand"), later.querySelector("#stand")];
  if (!fresh || fresh.dataset.stand === stand.dataset.stand) return;
  if (stand.contains(document.activeElement) || [...stand.querySelectorAll("input, textarea")].some(isTyped)) return;
  stand.replaceWith(fresh);
  dropListed(fresh);
  document.querySelector("#shown")?.replaceWith(later.querySelector("#shown"));
  const seen = later.querySelector("input[name=seen]");
  const typed = document.querySelector("textarea[name=text]");
  // Whoever has begun to write has seen the text that stood there before.
  if (seen && typed?.value === "") document.querySelector("input[name=seen]").value = seen.value;
}

/** What stands among the files now need not stand below them, too. */
function dropListed(stand) {
  const names = new Set([...stand.querySelectorAll("[data-name]")].map((line) => line.dataset.name));
  for (const row of rows) if (row.is === "sent" && names.has(row.stored)) row.line.remove();
}

const isTyped = (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked;

const page = form && prepare();
// A file may be on its way to be read when the page is shown.
if (document.querySelector("#stand")) setTimeout(look, lookMilliseconds);
