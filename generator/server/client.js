// What an open page does with news from the preview: change what has changed, or else reload; take a new style
// sheet; follow; show problems. livereload's script keeps the connection; this is a plugin of it. See serve.py
// for the other end.
(() => {
  const state = document.querySelector("script[data-preview]");
  const own = JSON.parse(state.textContent);
  const memory = openMemory();
  let queue = Promise.resolve();
  let source = null; // the page as it was served: what its scripts have changed since is not in it
  let goodbye = 0;

  state.remove();
  document.currentScript.remove();

  class Preview {
    static identifier = "preview";
    static version = "1";

    analyze() {
      clearTimeout(goodbye);
      show(own.report);
      return {};
    }

    // The path of the command carries the news. Returns whether the plugin has dealt with them.
    reload(path) {
      queue = queue.then(() => take(JSON.parse(path)));
      return true;
    }
  }

  async function take(news) {
    if (news.follow && !document.hidden && news.follow !== location.pathname) {
      location.assign(news.follow);
      return;
    }
    const same = news.content === own.content && news.session === own.session;
    if (same || changeStyles(news) || (await changePage(news)) || !reload(news)) {
      own.report = news.report;
      show(own.report);
    }
  }

  // A change of words is made in the page, which takes half the time of a reload and leaves all else alone:
  // where one is, what is filled in. Whatever a script might have to do with asks for a reload.

  const HANDS_OFF = "script, style, link, meta[charset], meta[http-equiv], base, template, [data-module]";

  async function changePage(news) {
    if (!source || news.session !== own.session || !news.content) return false;
    try {
      const next = await fetchSource();
      if (!alike(source.page.documentElement, next.page.documentElement)) return false;
      change(source.page.head, next.page.head, document.head);
      change(source.page.body, next.page.body, document.body);
      source = next;
      own.content = next.content;
      return true;
    } catch {
      return false; // half changed, perhaps; the reload mends it
    }
  }

  async function fetchSource() {
    const response = await fetch(location.pathname, { headers: { Preview: "source" }, redirect: "error" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return { page, content: response.headers.get("Preview-Content") };
  }

  // Makes the live node, which was made from `then`, what it would be if it had been made from `now`.
  function change(then, now, live) {
    if (then.isEqualNode(now)) return;
    if (then.nodeType !== Node.ELEMENT_NODE) {
      demand(live.nodeType === then.nodeType && live.data === then.data);
      live.data = now.data;
      return;
    }
    demand(live.localName === then.localName && !live.closest(HANDS_OFF));
    if (!alike(then, now)) {
      demand(alike(then, live));
      for (const { name } of [...then.attributes]) if (!now.hasAttribute(name)) live.removeAttribute(name);
      for (const { name, value } of now.attributes) live.setAttribute(name, value);
    }
    changeChildren([...then.childNodes], [...now.childNodes], [...live.childNodes], live);
  }

  function changeChildren(then, now, live, parent) {
    demand(live.length === then.length);
    const same = (a, b) => a.nodeType === b.nodeType && a.localName === b.localName;
    if (then.length === now.length && then.every((node, index) => same(node, now[index]))) {
      then.forEach((node, index) => change(node, now[index], live[index]));
      return;
    }
    let start = 0;
    while (start < Math.min(then.length, now.length) && then[start].isEqualNode(now[start])) start += 1;
    let end = 0;
    const rest = Math.min(then.length, now.length) - start;
    while (end < rest && then.at(-1 - end).isEqualNode(now.at(-1 - end))) end += 1;
    const old = live.slice(start, live.length - end);
    const fresh = now.slice(start, now.length - end).map((node) => document.importNode(node, true));
    demand(![...old, ...fresh].some((node) => node.matches?.(HANDS_OFF) || node.querySelector?.(HANDS_OFF)));
    old.forEach((node) => node.remove());
    const next = live[live.length - end];
    if (next) next.before(...fresh);
    else parent.append(...fresh);
  }

  function alike(one, other) {
    return one.cloneNode(false).isEqualNode(other.cloneNode(false));
  }

  function demand(truth) {
    if (!truth) throw new Error("not to be changed in the page");
  }

  // A page that is told the same right after a reload stays as it is, rather than reload for ever.
  function reload(news) {
    const step = [location.pathname, own.session, own.content, news.session, news.content].join(" ");
    if (memory.get("step") === step) return false;
    memory.set("step", step);
    memory.set("scroll", JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
    return true;
  }

  // Browsers return to where one was, but not all of them on a page that grows while it loads.
  function restoreScroll() {
    const [path, left, top] = JSON.parse(memory.get("scroll") || "[]");
    if (path !== location.pathname) return;
    const scroll = () => scrollTo({ left, top, behavior: "instant" });
    scroll();
    addEventListener("load", scroll, { once: true });
    memory.set("scroll", "");
  }

  function changeStyles(news) {
    if (!news.styles || news.styles.from !== own.content || news.session !== own.session) return false;
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const path = new URL(link.href).pathname.slice(1);
      if (!news.styles.addresses[path]) continue;
      const next = link.cloneNode();
      next.href = `/${news.styles.addresses[path]}`;
      next.onload = next.onerror = () => link.remove();
      link.after(next);
    }
    own.content = news.content;
    source = null;
    keepSource();
    return true;
  }

  function keepSource() {
    queue = queue.then(async () => {
      const now = await fetchSource().catch(() => null);
      source = now?.content === own.content ? now : null;
    });
  }

  // The report.

  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; margin: 0; padding: 0; font: inherit; color: inherit; }
    [hidden] { display: none !important; }
    :host {
      --paper: #fffdfb; --ink: #221a17; --soft: #6a5a54; --line: #e3d6cf; --error: #b3261e; --warning: #8a5a00;
      --marked: #fbe5e1;
    }
    @media (prefers-color-scheme: dark) {
      :host {
        --paper: #1d1816; --ink: #f3ebe7; --soft: #b7a59d; --line: #453a35; --error: #ff9b8f; --warning: #ffc861;
        --marked: #4a2520;
      }
    }
    section, button.badge {
      position: fixed; z-index: 2147483647; color: var(--ink); background: var(--paper);
      font: 15px/1.5 system-ui, sans-serif; text-align: start; box-shadow: 0 0 24px #0006;
    }
    section { inset: auto 0 0; max-height: 70vh; overflow: auto; border-top: 4px solid var(--error); }
    section.mild { border-color: var(--warning); }
    header {
      position: sticky; top: 0; display: flex; gap: 16px; align-items: baseline; padding: 12px 24px;
      background: var(--paper); border-bottom: 1px solid var(--line);
    }
    [role="alert"] { flex: 1; }
    h2 { font-weight: 700; color: var(--error); display: inline; }
    .mild h2, .warning .message { color: var(--warning); }
    header span, .hint, .more { color: var(--soft); }
    button {
      font: inherit; cursor: pointer; padding: 4px 12px; border: 1px solid var(--soft); border-radius: 4px;
      background: none;
    }
    button:focus-visible, section:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
    button.badge {
      inset: auto 16px 16px auto; border: 2px solid var(--error); border-radius: 99px; font-weight: 600;
      padding: 6px 16px; color: var(--error);
    }
    button.badge.mild { border-color: var(--warning); color: var(--warning); }
    ol { list-style: none; padding: 4px 24px 20px; }
    li { padding: 12px 0; border-bottom: 1px solid var(--line); }
    li:last-child { border: 0; }
    .message { font-weight: 600; color: var(--error); }
    .location, pre { font: 13px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
    .location { overflow-wrap: anywhere; }
    pre { margin: 8px 0; overflow-x: auto; border: 1px solid var(--line); border-radius: 4px; }
    pre span { display: block; padding: 0 12px; min-width: max-content; white-space: pre; color: var(--soft); }
    pre .marked { background: var(--marked); color: var(--ink); font-weight: 600; }
    @media print { :host { display: none; } }
  `;

  let host = null;
  let shown = null;

  function show(report) {
    if (report && host && shown === report.key) return;
    shown = report ? report.key : null;
    host?.remove();
    host = null;
    if (!report) return;
    const panel = makePanel(report);
    const badge = make("button", { className: "badge", type: "button" }, [tally(report)]);
    badge.classList.toggle("mild", !report.failed);
    const open = (yes) => {
      panel.hidden = !yes;
      badge.hidden = yes;
      memory.set("hidden", yes ? "" : report.key);
    };
    badge.onclick = () => {
      open(true);
      panel.focus();
    };
    panel.querySelector("button").onclick = () => {
      open(false);
      badge.focus();
    };
    panel.close = () => open(false);
    // Warnings do not come between an editor and the page unasked.
    const isOpen = report.failed && memory.get("hidden") !== report.key;
    panel.hidden = !isOpen;
    badge.hidden = isOpen;
    attach([panel, badge]);
  }

  function attach(elements) {
    host = document.createElement("preview-report");
    host.attachShadow({ mode: "open" }).append(make("style", {}, [STYLE]), ...elements);
    document.documentElement.append(host);
  }

  addEventListener("keydown", (event) => {
    const panel = host?.shadowRoot.querySelector("section");
    if (event.key !== "Escape" || !panel || panel.hidden) return;
    const inside = host.shadowRoot.activeElement;
    panel.close();
    if (inside) host.shadowRoot.querySelector(".badge").focus();
  });

  function makePanel(report) {
    const title = make("h2", { id: "title" }, [tally(report)]);
    const note = report.failed ? " Until it is mended, the last good page is shown." : "";
    const header = make("header", {}, [
      make("div", { role: "alert" }, [title, make("span", {}, [note])]),
      make("button", { type: "button" }, ["Hide (Esc)"]),
    ]);
    const items = report.diagnostics.map((problem) =>
      make("li", { className: problem.severity }, [
        make("p", { className: "location" }, [problem.location]),
        make("p", { className: "message" }, [(problem.severity === "warning" ? "Warning: " : "") + problem.message]),
        ...(problem.lines.length ? [make("pre", { tabIndex: 0 }, problem.lines.map(makeLine))] : []),
        ...(problem.hint ? [make("p", { className: "hint" }, [problem.hint])] : []),
      ]),
    );
    const left = report.count - report.diagnostics.length;
    if (left) items.push(make("li", { className: "more" }, [`and ${left} more`]));
    const panel = make("section", { role: "alertdialog", ariaModal: "false", tabIndex: -1 }, [
      header,
      make("ol", {}, items),
    ]);
    panel.setAttribute("aria-labelledby", "title");
    panel.classList.toggle("mild", !report.failed);
    return panel;
  }

  function makeLine([number, text, column]) {
    return make("span", { className: column ? "marked" : "" }, [`${column ? ">" : " "} ${String(number).padStart(4)}  ${text}\n`]);
  }

  function tally(report) {
    const warnings = report.diagnostics.filter((problem) => problem.severity === "warning").length;
    const errors = report.count - warnings;
    const count = (number, noun) => (number ? `${number} ${noun}${number === 1 ? "" : "s"}` : "");
    return [count(errors, "error"), count(warnings, "warning")].filter(Boolean).join(", ");
  }

  function make(name, properties, children) {
    const element = Object.assign(document.createElement(name), properties);
    if (properties.role) element.setAttribute("role", properties.role);
    element.append(...children);
    return element;
  }

  // What one tab remembers from page to page; nothing, where the browser forbids that.
  function openMemory() {
    const call = (action) => {
      try {
        return action(sessionStorage);
      } catch {
        return null;
      }
    };
    return {
      get: (name) => call((storage) => storage.getItem(`preview ${name}`)),
      set: (name, value) => call((storage) => storage.setItem(`preview ${name}`, value)),
    };
  }

  // The connection.

  function sayGoodbye() {
    const badge = make("button", { className: "badge", type: "button" }, ["The preview has ended: this page may be out of date"]);
    host?.remove();
    shown = null;
    attach([badge]);
  }

  document.addEventListener("LiveReloadDisconnect", () => {
    clearTimeout(goodbye);
    goodbye = setTimeout(sayGoodbye, 5000);
  });
  window.LiveReloadPluginPreview = Preview;
  restoreScroll();
  keepSource();
  show(own.report);
  const port = location.port || (location.protocol === "https:" ? 443 : 80);
  const script = document.createElement("script");
  script.src = `/livereload.js?host=${location.hostname}&port=${port}&mindelay=100&maxdelay=1000`;
  document.documentElement.append(script);
})();
