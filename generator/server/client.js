// Keeps an open page up to date. An update from the preview changes what has changed in the page, styles included, or
// reloads it; the report shows what is wrong. This is a plugin of livereload's script, which keeps the connection;
// live_reload.py is the other end.
(() => {
  const state = document.querySelector("script[data-preview]");
  const own = JSON.parse(state.textContent);
  const storage = openStorage();
  let queue = Promise.resolve();
  let source = null; // the page as it was served, without what its scripts have changed since
  let endTimer = 0;

  state.remove();
  document.currentScript.remove();

  class Preview {
    static identifier = "preview";
    static version = "1";

    analyze() {
      clearTimeout(endTimer);
      show(own.report);
      return {};
    }

    // The path of the command carries the update. Returns whether the plugin has handled it.
    reload(path) {
      queue = queue.then(() => applyUpdate(JSON.parse(path)));
      return true;
    }
  }

  async function applyUpdate(update) {
    if (update.follow && !document.hidden && update.follow !== location.pathname) {
      location.assign(update.follow);
      return;
    }
    const same = update.content === own.content && update.session === own.session;
    if (same || (await changePage(update)) || !reload(update)) {
      own.report = update.report;
      show(own.report);
    }
  }

  // A change of text is made in the page. That takes half the time of a reload, and keeps the scroll position and
  // what is filled in. Anything that a script may depend on needs a reload.

  const NEEDS_RELOAD = "script, link, meta[charset], meta[http-equiv], base, template, [data-module]";

  async function changePage(update) {
    if (!source || update.session !== own.session || !update.content) return false;
    try {
      const next = await fetchSource();
      if (!isSameElement(source.page.documentElement, next.page.documentElement)) return false;
      change(source.page.head, next.page.head, document.head);
      change(source.page.body, next.page.body, document.body);
      source = next;
      own.content = next.content;
      return true;
    } catch {
      return false; // the page may be half changed; the reload mends that
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
      assert(live.nodeType === then.nodeType && live.data === then.data);
      live.data = now.data;
      return;
    }
    assert(live.localName === then.localName && !live.closest(NEEDS_RELOAD));
    if (!isSameElement(then, now)) {
      assert(isSameElement(then, live));
      for (const { name } of [...then.attributes]) if (!now.hasAttribute(name)) live.removeAttribute(name);
      for (const { name, value } of now.attributes) live.setAttribute(name, value);
    }
    changeChildren([...then.childNodes], [...now.childNodes], [...live.childNodes], live);
  }

  function changeChildren(then, now, live, parent) {
    assert(live.length === then.length);
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
    assert(![...old, ...fresh].some((node) => node.matches?.(NEEDS_RELOAD) || node.querySelector?.(NEEDS_RELOAD)));
    old.forEach((node) => node.remove());
    const next = live[live.length - end];
    if (next) next.before(...fresh);
    else parent.append(...fresh);
  }

  function isSameElement(one, other) {
    return one.cloneNode(false).isEqualNode(other.cloneNode(false));
  }

  function assert(truth) {
    if (!truth) throw new Error("this needs a reload");
  }

  // A page that gets the same update right after a reload stays as it is, rather than reload for ever.
  function reload(update) {
    const step = [location.pathname, own.session, own.content, update.session, update.content].join(" ");
    if (storage.get("step") === step) return false;
    storage.set("step", step);
    storage.set("scroll", JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
    return true;
  }

  // Not all browsers restore the scroll position of a page that grows while it loads.
  function restoreScroll() {
    const [path, left, top] = JSON.parse(storage.get("scroll") || "[]");
    if (path !== location.pathname) return;
    const scroll = () => scrollTo({ left, top, behavior: "instant" });
    scroll();
    addEventListener("load", scroll, { once: true });
    storage.set("scroll", "");
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
    const badge = make("button", { className: "badge", type: "button" }, [countBySeverity(report)]);
    badge.classList.toggle("mild", !report.failed);
    const open = (yes) => {
      panel.hidden = !yes;
      badge.hidden = yes;
      storage.set("hidden", yes ? "" : report.key);
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
    // Warnings do not cover the page unless the editor opens them.
    const isOpen = report.failed && storage.get("hidden") !== report.key;
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
    const title = make("h2", { id: "title" }, [countBySeverity(report)]);
    const note = report.failed ? " Until it is mended, the last good page is shown." : "";
    const header = make("header", {}, [
      make("div", { role: "alert" }, [title, make("span", {}, [note])]),
      make("button", { type: "button" }, ["Hide (Esc)"]),
    ]);
    const items = report.diagnostics.map((item) =>
      make("li", { className: item.severity }, [
        make("p", { className: "location" }, [item.location]),
        make("p", { className: "message" }, [(item.severity === "warning" ? "Warning: " : "") + item.message]),
        ...(item.lines.length ? [make("pre", { tabIndex: 0 }, item.lines.map(makeLine))] : []),
        ...(item.hint ? [make("p", { className: "hint" }, [item.hint])] : []),
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

  function makeLine([number, text, marked]) {
    return make("span", { className: marked ? "marked" : "" }, [`${marked ? ">" : " "} ${String(number).padStart(4)}  ${text}\n`]);
  }

  function countBySeverity(report) {
    const warnings = report.diagnostics.filter((item) => item.severity === "warning").length;
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

  // What a tab remembers from page to page; nothing if the browser forbids storage.
  function openStorage() {
    const call = (action) => {
      try {
        return action(sessionStorage);
      } catch {
        return null;
      }
    };
    return {
      get: (name) => call((session) => session.getItem(`preview ${name}`)),
      set: (name, value) => call((session) => session.setItem(`preview ${name}`, value)),
    };
  }

  // The connection.

  function showEnd() {
    const badge = make("button", { className: "badge", type: "button" }, ["The preview has ended: this page may be out of date"]);
    host?.remove();
    shown = null;
    attach([badge]);
  }

  document.addEventListener("LiveReloadDisconnect", () => {
    clearTimeout(endTimer);
    endTimer = setTimeout(showEnd, 5000);
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
