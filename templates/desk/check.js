/** While an issue is being built: looks every second whether it is done, and shows what was said. */

const second = 1000;

async function look() {
  const waiting = document.querySelector("[data-waiting]");
  if (!waiting) return;
  try {
    const page = await fetch(location.href, { headers: { accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(page.ok ? await page.text() : "", "text/html");
    const build = fresh.querySelector("[data-build]");
    if (build && !build.hasAttribute("data-waiting")) {
      const hadFocus = waiting.contains(document.activeElement);
      // All of it: state, tabs and findings may have changed with the build.
      document.querySelector("main").replaceWith(fresh.querySelector("main"));
      if (hadFocus) document.querySelector("[data-build] button")?.focus();
    }
  } catch {
    // The net is gone for a moment: looked again.
  }
  setTimeout(look, second);
}

setTimeout(look, second);
