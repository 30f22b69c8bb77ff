// The browser editor's way to read and write content files.
//
// What the editor would write by itself is the whole file anew, without its comments and in another form.
// So it is given formats of our own: they read a file with the place of every value in it, and write it back
// with nothing changed but the values that are new. Read are the parts of YAML that content files may use.
"use strict";

const KINDS = {{ kinds | tojson }};
const PAGES = {{ pages | tojson }};
const BUILT = {{ built | tojson }};
const LETTERS = {{ letters | tojson }};
const NOTE = {{ note | tojson }};
const SOURCE = "__source";
const TITLE = "__title";

// --- Reading: a tree of nodes, each with the place it has in the text ---------------------------------------

const KEY = /(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|(?:[^ \t\r\n#&*!|>%@`"'{}\[\],?-]|[-?](?=[^ \t\r\n]))(?:[^\n#:]|:(?=[^ \t\r\n])|(?<=[^ \t\r\n])#)*?)[ \t]*:(?=[ \t\r\n]|$)/y;
const SCALARS = { "": null, "~": null, null: null, Null: null, NULL: null, true: true, True: true, TRUE: true,
  false: false, False: false, FALSE: false };
const ESCAPES = { 0: "\0", a: "\x07", b: "\b", t: "\t", n: "\n", v: "\v", f: "\f", r: "\r", e: "\x1b", " ": " ",
  '"': '"', "/": "/", "\\": "\\", N: "\x85", _: "\xa0", L: "\u2028", P: "\u2029" };

// YAML knows four white characters; JavaScript's own trims take others for more, such as the no-break space.
const trimEnd = (text) => text.replace(/[ \t\r\n]+$/, "");
const trim = (text) => trimEnd(text).replace(/^[ \t\r\n]+/, "");

const resolve = (text) => {
  if (Object.hasOwn(SCALARS, text)) return SCALARS[text];
  return /^[-+]?(0|[1-9]\d{0,17})(\.\d{1,18})?$/.test(text) ? Number(text) : text;
};

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  read() {
    this.skip();
    const node = this.at < this.text.length ? this.block(0) : this.empty(0);
    this.skip();
    if (this.at < this.text.length) throw new Error(`cannot be read from character ${this.at} on`);
    return node;
  }

  empty(at) {
    return { kind: "scalar", style: "empty", start: at, end: at, value: null };
  }

  // Past spaces, line ends and comments.
  skip() {
    const gap = /(?:[ \t\r\n]+|(?<![^ \t\r\n])#[^\n]*)*/y;
    gap.lastIndex = this.at;
    this.at += gap.exec(this.text)[0].length;
  }

  column(at = this.at) {
    return at - (this.text.lastIndexOf("\n", at - 1) + 1);
  }

  isDash() {
    return this.text[this.at] === "-" && /^[ \t\r\n]?$/.test(this.text[this.at + 1] ?? "");
  }

  key() {
    KEY.lastIndex = this.at;
    return KEY.exec(this.text)?.[0];
  }

  // A value on lines of its own, its first character at hand.
  block(parent) {
    const column = this.column();
    if (this.isDash()) return this.sequence(column);
    if (!"[{".includes(this.text[this.at]) && this.key()) return this.mapping(column);
    return this.inline(parent);
  }

  sequence(column) {
    const node = { kind: "list", style: "block", start: this.at, end: this.at, column, items: [] };
    while (this.at < this.text.length && this.column() === column && this.isDash()) {
      const dash = this.at++;
      const value = this.value(column, false);
      node.items.push({ start: dash, value });
      node.end = Math.max(value.end, dash + 1);
      this.skip();
    }
    return node;
  }

  mapping(column) {
    const node = { kind: "map", style: "block", start: this.at, end: this.at, column, items: [] };
    let found;
    while (this.at < this.text.length && this.column() === column && (found = this.key())) {
      const start = this.at;
      const name = new Reader(trim(found.slice(0, found.lastIndexOf(":")))).word();
      this.at += found.length;
      const value = this.value(column, true);
      node.items.push({ start, key: name, value });
      node.end = Math.max(value.end, start + found.length);
      this.skip();
    }
    return node;
  }

  word() {
    return this.text[0] === '"' || this.text[0] === "'" ? this.quoted().value : this.text;
  }

  // What follows a colon or a dash of the group that begins in a column.
  value(column, isField) {
    const after = this.at;
    while (" \t".includes(this.text[this.at] ?? "\n")) this.at++;
    if (!/^(\r?\n|#|$)/.test(this.text.slice(this.at, this.at + 2))) {
      return isField ? this.inline(column + 1) : this.block(column + 1);
    }
    this.skip();
    const inside = this.at < this.text.length &&
      (this.column() > column || (isField && this.column() === column && this.isDash()));
    return inside ? this.block(column + 1) : this.empty(after);
  }

  inline(indent) {
    const sign = this.text[this.at];
    if (sign === "{" || sign === "[") return this.flow();
    if (sign === '"' || sign === "'") return this.quoted();
    if (sign === "|" || sign === ">") return this.blockText(indent);
    return this.plain(indent);
  }

  plain(indent) {
    const start = this.at;
    const lines = [];
    let end = start;
    for (;;) {
      const line = /[^\n]*/y;
      line.lastIndex = this.at;
      const text = trimEnd(line.exec(this.text)[0].replace(/(^|[ \t])#.*$/, ""));
      lines.push(trim(text));
      end = text ? this.at + text.length : end;
      const commented = /(^|[ \t])#/.test(this.text.slice(this.at + text.length).split("\n", 1)[0]);
      this.at = end;
      const next = /(?:[ \t]*\r?\n)+([ \t]*)(?=[^ \t\r\n])/y;
      next.lastIndex = this.at;
      const gap = commented ? null : next.exec(this.text);
      if (!gap || gap[1].length < indent || this.text[this.at + gap[0].length] === "#") break;
      for (let count = gap[0].split("\n").length - 2; count > 0; count--) lines.push("");
      this.at += gap[0].length;
    }
    return { kind: "scalar", style: "plain", start, end, value: lines.length > 1 ? fold(lines) : resolve(lines[0]) };
  }

  quoted() {
    const start = this.at;
    const sign = this.text[start];
    const whole = sign === '"' ? /"(?:[^"\\]|\\[^])*"/y : /'(?:[^']|'')*'/y;
    whole.lastIndex = start;
    const raw = whole.exec(this.text)?.[0];
    if (!raw) throw new Error("a quote is not closed");
    this.at = start + raw.length;
    const lines = raw.slice(1, -1).replace(/\\\r?\n[ \t]*/g, "").split(/[ \t]*\r?\n[ \t]*/);
    const text = lines.length > 1 ? fold(lines) : lines[0];
    const value = sign === "'" ? text.replaceAll("''", "'") : text.replace(
      /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g,
      (_, two, four, eight, one) => one ? ESCAPES[one] ?? one : String.fromCodePoint(parseInt(two ?? four ?? eight, 16)),
    );
    return { kind: "scalar", style: sign, start, end: this.at, value };
  }

  blockText(indent) {
    const start = this.at;
    const header = /([|>])([-+]?)(\d?)([-+]?)[^\n]*(\n|$)/y;
    header.lastIndex = start;
    const [whole, sign, chomp, digit, chompAfter] = header.exec(this.text);
    this.at += whole.length;
    const lines = [];
    let depth = digit ? indent - 1 + Number(digit) : 0;
    let end = this.at;
    while (this.at < this.text.length) {
      const next = this.text.indexOf("\n", this.at);
      const stop = next < 0 ? this.text.length : next;
      const line = this.text.slice(this.at, stop).replace(/\r$/, "");
      const spaces = line.length - line.replace(/^[ \t]+/, "").length;
      if (trim(line) && !depth) depth = Math.max(spaces, 1);
      if (trim(line) && (spaces < depth || spaces < indent)) break;
      lines.push(line.slice(depth));
      if (trim(line)) end = stop;
      this.at = next < 0 ? stop : stop + 1;
    }
    const ending = lines.length && /\n$/.test(this.text.slice(0, this.at)) ? "\n" : "";
    let trailing = 0;
    while (lines.length && !trim(lines.at(-1))) { lines.pop(); trailing++; }
    const text = sign === "|" ? lines.join("\n") : foldBlock(lines);
    const keep = chomp || chompAfter;
    const tail = keep === "-" || !lines.length ? "" : keep === "+" ? "\n".repeat(trailing + 1) : ending && "\n";
    return { kind: "scalar", style: sign, start, end, value: text + tail, header: trimEnd(whole), depth };
  }

  flow() {
    const start = this.at;
    const isMap = this.text[this.at++] === "{";
    const node = { kind: isMap ? "map" : "list", style: "flow", start, end: start, items: [] };
    for (;;) {
      this.skip();
      const sign = this.text[this.at];
      if (sign === undefined) throw new Error("a bracket is not closed");
      if (sign === "," ) { this.at++; continue; }
      if (sign === (isMap ? "}" : "]")) break;
      node.items.push(isMap ? this.flowField() : { start: this.at, value: this.flowValue() });
    }
    node.end = ++this.at;
    return node;
  }

  flowField() {
    const start = this.at;
    const key = this.flowValue(true);
    this.skip();
    if (this.text[this.at] !== ":") return { start, key: nameOf(key, this.text), value: this.empty(this.at) };
    const after = ++this.at;
    this.skip();
    const value = ",}".includes(this.text[this.at]) ? this.empty(after) : this.flowValue();
    return { start, key: nameOf(key, this.text), value };
  }

  flowValue() {
    const sign = this.text[this.at];
    if ("[{\"'".includes(sign)) return this.inline(0);
    const start = this.at;
    const plain = /(?:[^,[\]{}:#]|:(?![ \t\r\n,[\]{}]|$)|(?<=[^ \t\r\n])#)+/y;
    plain.lastIndex = start;
    const raw = trimEnd(plain.exec(this.text)?.[0] ?? "");
    if (!raw) throw new Error("an entry is empty");
    this.at = start + raw.length;
    const lines = raw.split(/[ \t]*\r?\n[ \t]*/);
    return { kind: "scalar", style: "plain", start, end: this.at, value: lines.length > 1 ? fold(lines) : resolve(raw) };
  }
}

const nameOf = (node, text) => (node.style === "plain" ? text.slice(node.start, node.end) : String(node.value));

// Line ends become spaces, empty lines become line ends.
const fold = (lines) => {
  let text = lines[0];
  let empty = 0;
  lines.slice(1).forEach((line, index) => {
    if (!line && index < lines.length - 2) return empty++;
    text += empty ? "\n".repeat(empty) + line : " " + line;
    empty = 0;
  });
  return text;
};

// The same within `>`, where lines that are indented further stay as they are.
const foldBlock = (lines) => {
  let text = lines[0] ?? "";
  let empty = 0;
  lines.slice(1).forEach((line, index) => {
    if (!line) return empty++;
    const before = lines.slice(0, index + 1).findLast((each) => each) ?? "";
    const kept = /^[ \t]/.test(line) || /^[ \t]/.test(before) || !before;
    text += (kept ? "\n".repeat(empty + 1) : empty ? "\n".repeat(empty) : " ") + line;
    empty = 0;
  });
  return text;
};

const dataOf = (node) => {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map((item) => dataOf(item.value));
  return Object.fromEntries(node.items.map((item) => [item.key, dataOf(item.value)]));
};

const readYaml = (text) => dataOf(new Reader(text).read());

// --- Writing ------------------------------------------------------------------------------------------------

const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isEmpty = (value) => value === undefined || value === null || value === "" ||
  (typeof value === "object" && Object.values(value).every(isEmpty));

const same = (one, other) => {
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((value, i) => same(value, other[i]));
  if (!isMap(one)) return one === other;
  const keys = isMap(other) ? Object.keys(one) : [];
  return isMap(other) && keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
};

// A single value, in the quotes it had, or with none where it needs none.
const writeScalar = (value, style = "plain", inFlow = false) => {
  if (typeof value !== "string") return JSON.stringify(value);
  if (/[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]/.test(value) || style === '"') return JSON.stringify(value);
  const plain = typeof resolve(value) === "string" && !/^[\s\-?:,[\]{}#&*!|>'"%@`]|\s$|: |:$| #/.test(value) &&
    !(inFlow && /[,[\]{}]/.test(value));
  const plainDash = /^-[^\s-]/.test(value) && typeof resolve(value) === "string" && !/\s$|: |:$| #|[,[\]{}]/.test(value);
  if ((plain || plainDash) && style !== "'") return value;
  return value.includes("'") && style !== "'" ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
};

const writeFlow = (value) => {
  if (Array.isArray(value)) return `[${value.map(writeFlow).join(", ")}]`;
  if (isMap(value)) return `{${Object.entries(value).map(([key, each]) => `${writeScalar(key, "plain", true)}: ${writeFlow(each)}`).join(", ")}}`;
  return writeScalar(value, "plain", true);
};

// A group or a list as lines, each of which begins with `indent`; the first one without.
const writeBlock = (value, indent) => {
  const glue = `\n${indent}`;
  const place = (each, deeper) => isFlat(each) ? ` ${isMap(each) || Array.isArray(each) ? writeFlow(each) : writeScalar(each)}`
    : `\n${deeper}${writeBlock(each, deeper)}`;
  if (Array.isArray(value)) {
    return value.map((each) => isMap(each) && !isFlat(each) ? `- ${writeBlock(each, `${indent}  `)}` : `-${place(each, `${indent}  `)}`).join(glue);
  }
  return Object.entries(value).map(([key, each]) => `${writeScalar(key)}:${place(each, `${indent}  `)}`).join(glue);
};

// What stands on one line: single values, short groups of them, and lists of words without spaces.
const isFlat = (value) => {
  if (value === null || typeof value !== "object") return true;
  const values = Object.values(value);
  if (values.some((each) => each !== null && typeof each === "object")) return false;
  if (Array.isArray(value)) return values.every((each) => !String(each).includes(" "));
  return !values.length || writeFlow(value).length <= 80;
};

// The edits that make of a node's data the data that is wanted. Each replaces the text from `start` to `end`.
const compare = (node, wanted, text, edits) => {
  const data = dataOf(node);
  if (same(data, wanted)) return;
  if (node.kind === "map" && isMap(wanted)) return compareMaps(node, wanted, text, edits);
  if (node.kind === "list" && Array.isArray(wanted)) return compareLists(node, wanted, text, edits);
  edits.push({ start: node.start, end: node.end, text: replacement(node, wanted, text) });
};

const replacement = (node, wanted, text) => {
  const lead = node.style === "empty" && node.start === node.end && text[node.start - 1] !== " " ? " " : "";
  if (wanted !== null && typeof wanted === "object") return lead + writeFlow(wanted);
  if (node.style === "|" || node.style === ">") {
    const lines = String(wanted).replace(/\n$/, "").split("\n");
    const indent = " ".repeat(node.depth || 2);
    const spread = node.style === ">" ? lines.flatMap((line) => [line, ""]).slice(0, -1) : lines;
    const fits = lines[0] && lines.every((line) => !/^\s|\s$/.test(line));
    const candidate = `${node.header}\n${spread.map((line) => line && indent + line).join("\n")}`;
    if (fits && readYaml(`a: ${candidate}\n`).a === wanted) return candidate;
    return JSON.stringify(wanted);
  }
  return lead + writeScalar(wanted, node.style, node.inFlow);
};

const compareMaps = (node, wanted, text, edits) => {
  const known = new Set(node.items.map((item) => item.key));
  const added = Object.keys(wanted).filter((key) => !known.has(key));
  const removed = node.items.filter((item) => !Object.hasOwn(wanted, item.key));
  if ((added.length || removed.length) && (node.style === "flow" || !node.items.length || removed.length === node.items.length)) {
    edits.push({ start: node.start, end: node.end, text: node.style === "flow" ? writeFlow(wanted) : writeBlock(wanted, " ".repeat(node.column)) });
    return;
  }
  for (const item of node.items) {
    if (removed.includes(item)) removeLines(item, text, edits);
    else compare(markFlow(item.value, node), wanted[item.key], text, edits);
  }
  if (added.length) {
    const indent = " ".repeat(node.column);
    const end = lineEnd(text, node.end);
    const lines = writeBlock(Object.fromEntries(added.map((key) => [key, wanted[key]])), indent);
    edits.push({ start: end, end, text: `\n${indent}${lines}` });
  }
};

const compareLists = (node, wanted, text, edits) => {
  const values = node.items.map((item) => dataOf(item.value));
  if (values.length === wanted.length) {
    node.items.forEach((item, index) => compare(markFlow(item.value, node), wanted[index], text, edits));
    return;
  }
  if (node.style === "flow" || !wanted.length) {
    edits.push({ start: node.start, end: node.end, text: writeFlow(wanted) });
    return;
  }
  // What is the same at both ends stays; in between, entries are replaced, added or taken away.
  let first = 0;
  while (first < Math.min(values.length, wanted.length) && same(values[first], wanted[first])) first++;
  let last = 0;
  while (last < Math.min(values.length, wanted.length) - first && same(values.at(-1 - last), wanted.at(-1 - last))) last++;
  const old = node.items.slice(first, values.length - last);
  const fresh = wanted.slice(first, wanted.length - last);
  const shared = Math.min(old.length, fresh.length);
  for (let index = 0; index < shared; index++) compare(old[index].value, fresh[index], text, edits);
  old.slice(shared).forEach((item) => removeLines(item, text, edits));
  if (fresh.length > shared) {
    const indent = " ".repeat(node.column);
    const lines = `${indent}${writeBlock(fresh.slice(shared), indent)}`;
    const before = node.items[first + shared - 1];
    if (before) {
      const end = lineEnd(text, endOf(before));
      edits.push({ start: end, end, text: `\n${lines}` });
    } else {
      const start = node.items[0].start - node.column;
      edits.push({ start, end: start, text: `${lines}\n` });
    }
  }
};

const markFlow = (node, parent) => {
  node.inFlow = parent.style === "flow" || parent.inFlow;
  return node;
};

const endOf = (item) => Math.max(item.value.end, item.start + 1);

const lineEnd = (text, at) => {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end - (text[end - 1] === "\r" ? 1 : 0);
};

const removeLines = (item, text, edits) => {
  const start = text.lastIndexOf("\n", item.start - 1) + 1;
  const end = text.indexOf("\n", endOf(item));
  edits.push({ start, end: end < 0 ? text.length : end + 1, text: "" });
};

// The text with its data changed to what is wanted, and with everything else as it is.
const change = (text, wanted) => {
  const edits = [];
  compare(new Reader(text).read(), wanted, text, edits);
  edits.sort((one, other) => other.start - one.start || other.end - one.end);
  const ending = text.includes("\r\n") ? "\r\n" : "\n";
  let changed = text;
  for (const edit of edits) {
    changed = changed.slice(0, edit.start) + edit.text.replace(/\r?\n/g, ending) + changed.slice(edit.end);
  }
  // Rather the whole file in another form than a file that says something else.
  return matches(changed, wanted) ? changed : `${writeBlock(wanted, "")}\n`;
};

const matches = (text, wanted) => {
  try {
    return same(readYaml(text), wanted);
  } catch {
    return false;
  }
};

// --- Between a file and its form ----------------------------------------------------------------------------
//
// A form has no field for a value of several kinds (a price is a number, a range or a word). Such a value is
// shown as it is written in the file. `verbatim` has the ways to them: `offers.*.price`.

const HEAD = /^(\ufeff?---[ \t]*\r?\n)([^]*?)(^---[ \t]*(?:\r?\n|$))/m;

const split = (kind, text) => {
  const found = kind.body ? HEAD.exec(text) : null;
  return found ? { before: found[1], yaml: found[2], after: found[3], body: text.slice(found[0].length) }
    : { before: kind.body ? "---\n" : "", yaml: kind.body ? "" : text, after: kind.body ? "---\n\n" : "", body: kind.body ? text : "" };
};

const convert = (value, way, kind, turn) => {
  if (value === undefined || value === null) return value;
  if (kind.verbatim.includes(way)) return turn(value);
  if (Array.isArray(value)) return value.map((each) => convert(each, `${way}.*`, kind, turn));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, convert(each, way ? `${way}.${key}` : key, kind, turn)]));
};

const show = (value) => (typeof value === "object" ? writeFlow(value) : String(value));

const understand = (text) => {
  try {
    return typeof text === "string" ? readYaml(text) : text;
  } catch {
    return text;
  }
};

// What a form leaves empty is not written, nor a switch that nobody has turned on; what was there and is as it was stays,
// in the kind of number it had. A list within a list is a row of a table, in which a cell may be empty.
const settle = (value, before, isRow = false) => {
  if (isRow) return value.map((each) => each ?? "");
  if (Array.isArray(value)) {
    return value.filter((each) => !isEmpty(each)).map((each, index) => settle(each, before?.[index], Array.isArray(each)));
  }
  if (isMap(value)) {
    const old = isMap(before) ? before : {};
    const isMeant = ([key, each]) => (key in old ? !isEmpty(each) || same(each ?? null, old[key]) : !isEmpty(each) && each !== false);
    return Object.fromEntries(Object.entries(value).filter(isMeant).map(([key, each]) => [key, settle(each, old[key])]));
  }
  if (typeof before === "number" && typeof value === "string" && value.trim() && Number(value) === before) return before;
  return value === undefined ? null : value;
};

const makeFormat = (kind) => ({
  fromFile(text) {
    const parts = split(kind, text);
    const data = readYaml(parts.yaml) ?? {};
    const fields = convert(kind.list ? { [kind.list]: data } : data, "", kind, show);
    return { ...fields, ...(kind.body ? { body: parts.body } : {}), [SOURCE]: text };
  },
  toFile(form) {
    const { body = "", [SOURCE]: source = "", [TITLE]: title, ...fields } = form;
    if (title) fields.title = title;
    const parts = split(kind, source);
    const before = readYaml(parts.yaml) ?? {};
    const wanted = convert(fields, "", kind, understand);
    const data = settle(kind.list ? wanted[kind.list] ?? [] : wanted, before);
    const yaml = parts.yaml.trim() ? change(parts.yaml, data) : `${writeBlock(data, "")}\n`;
    const gap = parts.body.startsWith("\n") && /^\S/.test(body) ? "\n" : ""; // which Sveltia takes away
    return kind.body ? parts.before + yaml + parts.after + gap + body : yaml;
  },
});

// --- The name of a new file ---------------------------------------------------------------------------------
//
// The editor makes it of the title, in a way that the build would not take. So while it is saved, a new page has its
// name for a title, and its title beside it.

const makeName = (title) => {
  const letters = title.normalize("NFC").toLowerCase().replace(/['\u2019\u02bc]/g, "").replace(/./gu, (each) => LETTERS[each] ?? each);
  const words = letters.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").match(/[a-z0-9]+/g);
  return words ? words.join("-") : `page-${hash(title)}`;
};

// For a title without a letter that ASCII knows.
const hash = (text) => [...text].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) % 36 ** 5, 7).toString(36);

const nameFile = ({ entry }) => {
  const data = entry.get("data");
  const title = data.get("title");
  return entry.get("newRecord") && title ? data.set(TITLE, title).set("title", makeName(title)) : data;
};

// --- The page beside its form -------------------------------------------------------------------------------
//
// It is the page of the site, as it was last built. A text that is changed in the form is changed on it where it
// stands alone; what else is new is there after the next build.

const plain = (text) => text.replace(/\u00ad/g, "").replace(/\s+/g, " ").trim();

const withoutMarks = (text) => plain(text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/^\s*(#+|[-*+]|\d+[.)])\s+/, "").replace(/\*\*|__|[*`~]/g, ""));

// All texts of a form, in their order; of longer ones the lines.
const listTexts = (value) => {
  if (typeof value === "string") return value.split("\n").map(withoutMarks).filter(Boolean);
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(listTexts) : [];
};

const textsOf = (entry) => {
  const { [SOURCE]: source, ...form } = entry.get("data").toJS();
  return listTexts(form);
};

// The texts between what two lists have in common at both ends: pairs of old and new.
const pairTexts = (old, fresh) => {
  let first = 0;
  while (first < Math.min(old.length, fresh.length) && old[first] === fresh[first]) first++;
  let last = 0;
  while (last < Math.min(old.length, fresh.length) - first && old.at(-1 - last) === fresh.at(-1 - last)) last++;
  const wanted = fresh.slice(first, fresh.length - last);
  return old.slice(first, old.length - last).map((text, index) => [text, wanted[index] ?? ""]).filter(([one, other]) => one !== other);
};

// The innermost elements of a page with a text.
const findText = (page, text) => {
  const found = [...page.querySelectorAll("main *")].filter((element) => plain(element.textContent) === text);
  return found.filter((element) => !found.some((other) => other !== element && element.contains(other)));
};

const makePreview = (route) => window.createClass({
  // From now on, what the page says is what the form says.
  start() {
    this.texts = textsOf(this.props.entry);
    this.changed = [];
  },
  componentDidUpdate() {
    const page = this.frame?.contentDocument;
    if (!page || !this.texts) return;
    for (const [element, inside] of this.changed) element.innerHTML = inside;
    this.changed = [];
    for (const [old, fresh] of pairTexts(this.texts, textsOf(this.props.entry))) {
      for (const element of findText(page, old)) {
        this.changed.push([element, element.innerHTML]);
        element.textContent = fresh;
      }
    }
  },
  render() {
    const h = window.h;
    const { entry } = this.props;
    const note = h("p", { style: { font: "13px/1.4 sans-serif", margin: "0 0 8px", paddingInlineEnd: "64px" } }, NOTE);
    const place = route.replace("{{ '{{' }}slug{{ '}}' }}", entry.get("slug"));
    if (!BUILT.includes(place)) return note;
    const src = new URL(`../${place}`, window.location.href).href;
    const style = { border: 0, display: "block", width: "100%", height: "calc(100vh - 80px)" };
    return h("div", {}, note, h("iframe", { src, style, title: src, onLoad: () => this.start(), ref: (frame) => { this.frame = frame; } }));
  },
});

if (typeof window !== "undefined") {
  window.CMS_MANUAL_INIT = true;
  window.addEventListener("DOMContentLoaded", () => {
    const editor = window.CMS;
    for (const kind of Object.values(KINDS)) {
      editor.registerCustomFormat(kind.format, kind.body ? "md" : "yaml", makeFormat(kind));
    }
    // Sveltia names files well by itself, and would load two libraries from elsewhere for the rest.
    const isSveltia = "registerFieldType" in editor;
    if (!isSveltia) {
      for (const [name, route] of Object.entries(PAGES)) editor.registerPreviewTemplate(name, makePreview(route));
      editor.registerEventListener({ name: "preSave", handler: nameFile });
    }
    // On this machine, Decap edits the files that are there, through its own server; Sveltia asks for their folder.
    const host = window.location.hostname;
    const isHere = !isSveltia && ["127.0.0.1", "localhost"].includes(host);
    editor.init(isHere ? { config: { local_backend: { url: `http://${host}:8081/api/v1`, allowed_hosts: [host] } } } : {});
  });
}
