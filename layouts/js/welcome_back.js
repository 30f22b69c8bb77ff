// Offers to go on at the level of the last result, which this browser alone keeps (see quiz.js).
const bar = document.querySelector(".welcome_back");
for (const entry of bar ? bar.querySelectorAll("[data-quiz]") : []) {
  const key = new URL(`../${entry.dataset.quiz}`, import.meta.url).pathname;
  try {
    entry.hidden = parseInt(localStorage.getItem(key)) !== +entry.dataset.level;
  } catch {
    // Nothing is kept where storage is blocked.
  }
  if (!entry.hidden) bar.hidden = false;
  entry.querySelector("button").addEventListener("click", () => {
    localStorage.removeItem(key);
    entry.replaceChildren(bar.dataset.forgotten);
    bar.focus();
  });
}
