// What pages do besides being read. Each part looks for what it needs, and nothing depends on it.

// Paper shows what is folded on the screen.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details:not([open])")];
  unfolded.forEach((details) => (details.open = true));
});
addEventListener("afterprint", () => unfolded.forEach((details) => (details.open = false)));

// Tables that are laid out as blocks on a phone are no tables any more to some browsers, unless they are told so.
const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell" };
for (const part of document.querySelectorAll(".comparison_table :is(table, thead, tbody, tr, td, th)")) {
  const role = ROLES[part.localName] || (part.scope === "col" ? "columnheader" : "rowheader");
  part.setAttribute("role", role);
}

// Offers to go on at the level of the last result, which this browser alone keeps (see quiz.js). What is kept may have
// changed on another page, or been forgotten there.
const bar = document.querySelector(".welcome_back");
const entries = bar ? [...bar.querySelectorAll("[data-quiz]")] : [];
const keyOf = (entry) => new URL(`../${entry.dataset.quiz}`, import.meta.url).pathname;
const forgotten = bar?.querySelector("[data-forgotten]");

function offer() {
  entries.forEach((entry) => {
    try {
      entry.hidden = parseInt(localStorage.getItem(keyOf(entry))) !== +entry.dataset.level;
    } catch {
      // Nothing is kept where storage is blocked.
    }
  });
  forgotten.hidden = true;
  bar.hidden = entries.every((entry) => entry.hidden);
}

function forget(entry) {
  try {
    localStorage.removeItem(keyOf(entry));
    sessionStorage.removeItem(keyOf(entry));
  } catch {
    return;
  }
  offer();
  bar.hidden = forgotten.hidden = false;
  bar.focus();
}

if (bar) {
  entries.forEach((entry) => entry.querySelector("button").addEventListener("click", () => forget(entry)));
  addEventListener("pageshow", ({ persisted }) => persisted && offer());
  addEventListener("storage", offer);
  offer();
}
