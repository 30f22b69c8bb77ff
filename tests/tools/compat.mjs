// What style sheets and scripts use that not every supported browser knows, by the data of MDN.
//
//     node compat.mjs FILE.css FILE.js ...
//
// Prints a JSON object: each feature, with the browsers that lack it. What is within `@supports`, or has a declaration of
// the same property before it that all know, is left out. Anything unknown to the data is told as well.

import { readFileSync } from "node:fs";
import { parse as parseScript } from "acorn";
import { full } from "acorn-walk";
import bcd from "@mdn/browser-compat-data" with { type: "json" };
import * as csstree from "css-tree";

const BROWSERS = { safari: "15", firefox: "115", chrome: "100" };
const NAMES = { safari: "Safari", firefox: "Firefox", chrome: "Chrome" };
const UNITS = {
  container_query_length_units: /^cq(w|h|i|b|min|max)$/,
  viewport_percentage_units_dynamic: /^dv/,
  viewport_percentage_units_large: /^lv/,
  viewport_percentage_units_small: /^sv/,
  lh: /^lh$/,
  rlh: /^rlh$/,
  cap: /^cap$/,
  ic: /^ic$/,
};
// Functions that are told by another name than that of their type.
const FUNCTIONS = { rgba: "rgb", hsla: "hsl", var: null, attr: null, url: null, format: null, local: null };
const SYNTAX = {
  "??=": "javascript.operators.nullish_coalescing_assignment",
  "||=": "javascript.operators.logical_or_assignment",
  "&&=": "javascript.operators.logical_and_assignment",
  "??": "javascript.operators.nullish_coalescing",
  "**": "javascript.operators.exponentiation",
  ChainExpression: "javascript.operators.optional_chaining",
  ImportExpression: "javascript.operators.import",
  AwaitExpression: "javascript.operators.await",
  SpreadElement: "javascript.operators.spread",
  TemplateLiteral: "javascript.grammar.template_literals",
  ClassDeclaration: "javascript.classes",
  PropertyDefinition: "javascript.classes.public_class_fields",
  PrivateIdentifier: "javascript.classes.private_class_fields",
  StaticBlock: "javascript.classes.static.initialization_blocks",
};

const found = {};

function find(path) {
  return path.split(".").reduce((node, name) => node?.[name], bcd);
}

function isSince(version, wanted) {
  const [one, other] = [version.replace("≤", ""), wanted].map((text) => text.split(".").map(Number));
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    if ((one[i] ?? 0) !== (other[i] ?? 0)) return (one[i] ?? 0) < (other[i] ?? 0);
  }
  return true;
}

const isIn = (since, version) => typeof since === "string" && since !== "preview" && isSince(since, version);

// The browsers that lack a feature of the data.
function lacking(compat) {
  const lacks = Object.entries(BROWSERS).filter(([browser, version]) => {
    const entries = [compat.support[browser] ?? []].flat();
    return !entries.some(
      ({ version_added: added, version_removed: removed, flags, prefix, alternative_name: other }) =>
        !flags && !prefix && !other && isIn(added, version) && !isIn(removed, version),
    );
  });
  return lacks.map(([browser]) => NAMES[browser]);
}

const isKnown = (compat) => !compat || !lacking(compat).length;

function note(name, compat) {
  const lacks = compat ? lacking(compat) : ["?"];
  if (lacks.length) found[name] = lacks;
}

function checkDeclaration({ property, value }, supported) {
  const prefix = property.match(/^-(webkit|moz)-/);
  if (prefix) supported.add(property.slice(prefix[0].length));
  if (prefix || property.startsWith("--")) property = null;
  const misses = [];
  const add = (name, compat) => {
    if (!compat || !isKnown(compat)) misses.push([name, compat]);
  };
  const data = property && bcd.css.properties[property];
  if (property) add(property, data?.__compat);
  csstree.walk(value, (node) => {
    // Of a list of fonts, one is there.
    if (node.type === "Identifier" && property !== "font-family" && data?.[node.name]?.__compat) add(`${property}: ${node.name}`, data[node.name].__compat);
    if (node.type === "Operator" && node.value === "/" && property === "content") {
      add("content: / alternative", data.alt_text.__compat);
    }
    if (node.type === "Dimension") {
      const unit = Object.keys(UNITS).find((name) => UNITS[name].test(node.unit));
      if (unit) add(`unit ${node.unit}`, bcd.css.types.length[unit]?.__compat);
    }
    if (node.type === "Function" && FUNCTIONS[node.name] !== null) {
      add(`${node.name}()`, findFunction(data, FUNCTIONS[node.name] ?? node.name)?.__compat);
    }
  });
  if (misses.length && !supported.has(property)) misses.forEach(([name, compat]) => note(name, compat));
  if (!misses.length) supported.add(property);
}

// A function belongs to a property, is a type of its own, or a part of one.
function findFunction(property, name) {
  const { types } = bcd.css;
  return (
    types[name] ??
    property?.[name] ??
    bcd.css.properties["grid-template-columns"][name] ??
    Object.values(types)
      .flatMap((type) => [type[name], type[name.replace(/[XYZ]$|3d$/, "")]])
      .find((part) => part?.__compat)
  );
}

const isPseudo = (node) => node.type === "PseudoClassSelector" || node.type === "PseudoElementSelector";
const isKnownPseudo = ({ name }) => {
  const data = bcd.css.selectors[name]?.__compat;
  return !!data && isKnown(data);
};

function checkSelectors(list) {
  // A selector that a browser does not know makes it drop the whole list: so it must stand alone, or among its like.
  const isKnownSelector = (selector) => !csstree.find(selector, (node) => isPseudo(node) && !isKnownPseudo(node));
  const poisons = list.children.some(isKnownSelector);
  for (const selector of list.children) {
    csstree.walk(selector, (node) => {
      if (!isPseudo(node) || isKnownPseudo(node) || (!poisons && node.name.startsWith("-"))) return;
      const sign = node.type === "PseudoClassSelector" ? ":" : "::";
      note(`${sign}${node.name}${poisons ? " beside others" : ""}`, bcd.css.selectors[node.name]?.__compat);
    });
  }
}

function checkStyle(text) {
  const tree = csstree.parse(text, { parseCustomProperty: true });
  csstree.walk(tree, {
    enter(node) {
      if (node.type === "Atrule") {
        const data = bcd.css["at-rules"][node.name];
        note(`@${node.name}`, data?.__compat);
        if (node.name === "supports" && !csstree.generate(node.prelude).includes("not")) return this.skip;
        if (node.name === "font-face") {
          node.block.children.forEach((part) => note(`@font-face ${part.property}`, data[part.property]?.__compat));
          return this.skip;
        }
      }
      if (node.type === "Feature") {
        const name = node.name.replace(/^(min|max)-/, "");
        note(`@media ${name}`, bcd.css["at-rules"].media[name]?.__compat);
      }
      if (node.type === "Rule") {
        if (node.prelude.type === "SelectorList" && !this.atrule?.name.includes("keyframes")) checkSelectors(node.prelude);
        const supported = new Set();
        node.block.children.forEach((part) => part.type === "Declaration" && checkDeclaration(part, supported));
      }
    },
  });
}

const MEMBERS = new Map();
for (const group of [bcd.api, bcd.javascript.builtins, bcd.javascript.builtins.Intl]) {
  for (const [name, type] of Object.entries(group)) {
    const add = (key, compat) => compat && MEMBERS.set(key, [...(MEMBERS.get(key) ?? []), compat]);
    add(name, type.__compat);
    for (const [key, member] of Object.entries(type)) add(key.replace(/_(static|event)$/, ""), member.__compat);
  }
}

// Which of the types a member belongs to is not known: it counts as known if it is in any.
function checkName(name) {
  const all = MEMBERS.get(name);
  if (all && !all.some(isKnown)) note(`.${name}`, all[0]);
}

function checkScript(text) {
  const tree = parseScript(text, { ecmaVersion: "latest", sourceType: "module" });
  // Names that the script gives itself.
  const own = new Set();
  full(tree, (node, _, type) => {
    if (type === "VariablePattern") own.add(node.name);
    if (node.type === "Property" && !node.computed) own.add(node.key.name ?? node.key.value);
    if (/Function/.test(node.type) && node.id) own.add(node.id.name);
  });
  const checkMember = (name) => own.has(name) || checkName(name);
  full(tree, (node) => {
    const syntax = SYNTAX[node.operator] ?? SYNTAX[node.type];
    if (syntax) note(node.operator ?? node.type, find(syntax)?.__compat);
    const isData = node.object?.property?.name === "dataset";
    if (node.type === "MemberExpression" && !node.computed && !isData) checkMember(node.property.name);
    if (node.type === "Identifier") checkMember(node.name);
    if (node.type === "CatchClause" && !node.param) {
      note("catch {", bcd.javascript.statements.try_catch.optional_catch_binding.__compat);
    }
  });
}

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  if (file.endsWith(".css")) checkStyle(text);
  else checkScript(text);
}
console.log(JSON.stringify(found));
