// A click into a picture says where the eye should fall; the two numbers beside it say the same.

for (const picture of document.querySelectorAll("fieldset.picture")) {
  const shown = picture.querySelector("[data-focus]");
  const [x, y] = ["x", "y"].map((axis) => picture.querySelector(`input[name$="-${axis}"]`));
  if (shown && x && y) pointAt(shown, x, y);
}

function pointAt(shown, x, y) {
  const point = document.createElement("span");
  point.className = "point";
  point.hidden = true;
  shown.append(point);
  shown.classList.add("aims");

  const place = () => {
    point.hidden = x.value === "" || y.value === "";
    point.style.left = `${x.value}%`;
    point.style.top = `${y.value}%`;
  };
  shown.addEventListener("click", (event) => {
    const { left, top, width, height } = shown.querySelector("img").getBoundingClientRect();
    x.value = percent((event.clientX - left) / width);
    y.value = percent((event.clientY - top) / height);
    place();
  });
  x.addEventListener("input", place);
  y.addEventListener("input", place);
  place();
}

const percent = (part) => Math.round(100 * Math.min(1, Math.max(0, part)));
