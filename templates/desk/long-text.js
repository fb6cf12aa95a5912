// A browser cuts off what is pasted beyond the limit, and says nothing. Here it is said, and everything stays in the field.

for (const area of document.querySelectorAll("textarea[data-too-long]")) tellTooLong(area, area.maxLength);

function tellTooLong(area, most) {
  area.removeAttribute("maxlength");
  const told = document.createElement("p");
  told.className = "problem";
  told.setAttribute("role", "alert");
  area.after(told);
  const look = () => {
    const over = area.value.length - most;
    const sentence =
      over > 0 ? area.dataset.tooLong.replace("{over}", over.toLocaleString(document.documentElement.lang)) : "";
    area.setCustomValidity(sentence);
    told.textContent = sentence;
  };
  area.addEventListener("input", look);
  look();
}
