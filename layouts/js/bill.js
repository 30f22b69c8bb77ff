// Lets visitors put a number of their own into a bill. Without this script the page is whole, with the number that its
// editor chose; the arithmetic is that of generator/drawings/bill.py.

const WHOLE_FROM = 100;
const MOST = 1e12;
// The smallest amount that is told from nothing, as a power of ten.
const SMALLEST = 12;
// Milliseconds.
const PAUSE = 300;

// Halves go up, as people round.
const round = (value, places) => Math.floor(value * 10 ** places + 0.5) / 10 ** places;

// With how many decimals an amount is shown: with so many; below one, with two that are not zeros in front.
function findPlaces(amount, decimals) {
  let places = 0;
  for (let least = 1; amount < least && places < SMALLEST; least /= 10) places++;
  return places ? Math.max(decimals, places + 1) : decimals;
}

// What comes off an amount, what is left of it, and what comes off in a year: the smaller amount of each first.
export function divide(amount, { low, high, times, style }) {
  const places = amount < WHOLE_FROM ? findPlaces(amount, style.decimals) : 0;
  const [least, most] = [low, high].map((percent) => round((amount * percent) / 100, places));
  const whole = round(amount, places);
  return {
    part: [least, most],
    rest: [whole - most, whole - least].map((value) => round(value, places)),
    year: [low, high].map((percent) => round((amount * percent * times) / 100, places)),
  };
}

function writeNumber(value, { group, decimal, sizes, least, decimals, fixed }) {
  // Small numbers are `1.5e-7` to JavaScript.
  const [digits, power = 0] = String(value).split("e-");
  const own = (digits.split(".")[1] ?? "").length + Number(power);
  const text = value.toFixed(fixed && own ? Math.max(decimals, own) : own);
  let [left, fraction] = text.split(".");
  const groups = [];
  const isLong = left.length >= least;
  for (let size = sizes[0]; isLong && left.length > size; size = sizes[1]) {
    groups.unshift(left.slice(-size));
    left = left.slice(0, -size);
  }
  return [left, ...groups].join(group) + (fraction ? decimal + fraction : "");
}

export const writeAmount = (value, style) => style.single.join(writeNumber(value, style));

export function writeRange([low, high], style) {
  if (low === high) return writeAmount(low, style);
  const [before, between, after] = style.pair;
  return before + writeNumber(low, style) + between + writeNumber(high, style) + after;
}

// What somebody typed as a number, in the way of the page's language or with another sign before one or two decimals.
// null for whatever is not clearly one, or cannot be a bill.
export function read(text, { single, group, decimal, decimals }) {
  const bare = (part) => part.normalize("NFKC").replace(/[\s\u200e\u200f\u061c'’]/g, "");
  const quote = (sign) => sign.replace(".", "\\.");
  let digits = bare(text).replace(/\p{Nd}/gu, valueOf);
  for (const around of single.map(bare).filter(Boolean)) digits = digits.replace(around, "");
  const sign = quote(bare(group));
  const grouped = sign ? `|\\d{1,3}(?:${sign}\\d{2,3})*${sign}\\d{3}` : "";
  const own = new RegExp(`^(\\d+${grouped})(?:${quote(decimal)}(\\d*))?$`).exec(digits);
  const found = own ?? /^(\d+)[.,](\d{1,2})$/.exec(digits);
  const typed = found ? Number(`${found[1].replace(/\D/g, "")}.${found[2] || 0}`) : 0;
  const value = round(typed, findPlaces(typed, decimals));
  return value > 0 && value <= MOST ? value : null;
}

// Digits of all scripts stand in rows of ten, zero first.
function valueOf(digit) {
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(digit.codePointAt(0) - value - 1))) value++;
  return value;
}

function start(root) {
  const bill = JSON.parse(root.dataset.bill);
  const { style, maximum } = bill;
  const text = root.querySelector("[data-value=amount]");
  const hint = root.querySelector(".block_bill__hint");
  const invitation = hint.textContent;
  const field = document.createElement("span");
  const input = document.createElement("input");
  let amount = bill.amount;
  let timer;

  function fill(part, values) {
    for (const [name, value] of Object.entries(values)) {
      root.querySelectorAll(`${part} [data-value=${name}]`).forEach((slot) => (slot.textContent = value));
    }
  }

  // A length of the picture, as a part of the whole scale.
  function stretch(name, length) {
    root.querySelectorAll(`[data-scaled=${name}]`).forEach((part) => (part.style.transform = `scaleX(${length})`));
  }

  // The sentence waits until the visitor pauses, since it is read out to those who listen.
  function draw() {
    const longest = Math.max(amount, maximum);
    const { part, rest, year } = divide(amount, bill);
    const values = { part: writeRange(part, style), rest: writeRange(rest, style), year: writeRange(year, style) };
    stretch("amount", amount / longest);
    stretch("maximum", maximum / longest);
    fill(".block_bill__scale", { maximum: writeAmount(longest, style) });
    fill(".legend", values);
    clearTimeout(timer);
    timer = setTimeout(() => fill(".block_bill__result", { ...values, amount: writeAmount(amount, style) }), PAUSE);
  }

  function follow() {
    const found = read(input.value, style);
    field.dataset.text = input.value;
    input.setAttribute("aria-invalid", found === null);
    root.classList.toggle("block_bill--unread", found === null);
    const said = found ? invitation : hint.dataset.problem.replace("{amount}", writeAmount(amount, style));
    // Written again, it would be read out again.
    if (hint.textContent !== said) hint.textContent = said;
    if (!found) return;
    amount = found;
    draw();
  }

  hint.id = `${root.parentElement.id}-hint`;
  root.classList.add("block_bill--live");
  field.className = "block_bill__field";
  Object.assign(input, { type: "text", inputMode: "decimal", autocomplete: "off", size: 1, maxLength: 24 });
  input.setAttribute("aria-label", bill.label);
  input.setAttribute("aria-describedby", hint.id);
  field.dataset.text = input.value = writeNumber(amount, style);
  field.append(input);
  // A tap on the sign of the currency is one on the field.
  const label = document.createElement("label");
  label.append(style.single[0], field, style.single[1]);
  text.replaceChildren(label);
  input.addEventListener("input", follow);
  input.addEventListener("change", () => {
    if (read(input.value, style)) field.dataset.text = input.value = writeNumber(amount, style);
  });
}

if (typeof document !== "undefined") document.querySelectorAll("[data-bill]").forEach(start);
