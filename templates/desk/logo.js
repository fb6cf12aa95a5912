// A logo that is being read is looked at again by itself; one that is too large is said to be before it is sent.

const lookMilliseconds = 1_500;
const mostBytes = 5_000_000;

if (document.querySelector("[data-reading]"))
  setTimeout(() => location.replace(document.querySelector("[data-reading] a").href), lookMilliseconds);

for (const form of document.querySelectorAll("form[data-large]")) {
  const input = form.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    const [file] = input.files;
    input.setCustomValidity(file && file.size > mostBytes ? form.dataset.large : "");
    input.reportValidity();
  });
}
