// Shows a quiz one question at a time. The build puts the scoring model in front, as `const quiz = {...}`.
// Every word that visitors read is in the page; this script shows and hides them, and scores the answers.

const { questions, version } = quiz;
const RESULT = questions.length;
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const total = sum(questions.map((question) => question.weight));

// Scoring, by the reference in generator/quiz/scoring.py. An answer is the number of an option, counted from 0.

const levelsOf = (answers) => questions.map(({ levels }, i) => levels[answers[i]]);
const weightFrom = (levels, least) => sum(questions.map(({ weight }, i) => (levels[i] < least ? 0 : weight)));

// The level, the level before the gates, the gates that hold the result back, and the questions that decided it.
export function explain(answers) {
  const levels = levelsOf(answers);
  const median = Math.max(...levels.filter((level) => 2 * weightFrom(levels, level) > total));
  const cap = Math.min(...levels.map((level, i) => (questions[i].gate ? level + 1 : Infinity)));
  const level = Math.min(median, cap);
  const where = (test) => [...levels.keys()].filter(test);
  const held = where((i) => cap < median && questions[i].gate && levels[i] + 1 === cap);
  const most = Math.max(...questions.map(({ weight }, i) => (levels[i] === level ? weight : 0)));
  const heaviest = where((i) => levels[i] === level && questions[i].weight === most);
  return { level, median, held, deciding: held.length ? held : heaviest };
}

// To how many questions another answer alone would move the result up, and to how many down: the ends are enough.
export function sureness(answers) {
  const change = (i, level) => Object.assign([...answers], { [i]: questions[i].levels.indexOf(level) });
  const moves = ({ levels }, i, end) => explain(change(i, end(...levels))).level !== explain(answers).level;
  return [Math.max, Math.min].map((end) => questions.filter((question, i) => moves(question, i, end)).length);
}

// The fewest answers to change for a higher result, as [question, option]: `minimal_improvement` of the reference,
// with the same preferences among equally few changes.
export function shortestWayUp(answers) {
  const levels = levelsOf(answers);
  const goal = explain(answers).level + 1;
  const change = 1 + sum(questions.map((question) => Math.max(...question.levels)));
  const metricChange = change * (RESULT + 1);
  // What can be done with each answer, the last question first; a shut gate has to be passed.
  const moves = questions.map((question, i) => {
    const shut = question.gate && levels[i] < goal - 1;
    const found = (shut ? [goal - 1, goal] : [goal]).flatMap((least) => {
      const target = Math.min(...question.levels.filter((level) => level >= least));
      if (levels[i] >= least || target === Infinity) return [];
      const cost = (question.metric ? metricChange : change) + target - levels[i];
      return { cost, gain: target < goal ? 0 : question.weight, changes: [[i, question.levels.indexOf(target)]] };
    });
    return shut ? found : [...found, { cost: 0, gain: 0, changes: [] }];
  });

  // The best way to gain each missing weight, from none on, by the questions from one on.
  const none = { cost: Infinity, changes: [] };
  const missing = Math.max(0, Math.floor(total / 2) + 1 - weightFrom(levels, goal));
  let best = [{ ...none, cost: 0 }, ...Array(missing).fill(none)];
  for (const choices of moves.reverse()) {
    const ways = (need) =>
      choices.map(({ cost, gain, changes }) => {
        const rest = best[Math.max(0, need - gain)];
        return { cost: cost + rest.cost, changes: [...changes, ...rest.changes] };
      });
    best = best.map((_, need) => ways(need).reduce((one, other) => (other.cost < one.cost ? other : one), none));
  }
  return best[missing].changes;
}

// Answers as the fragment of a link, and back: null for anything but such a fragment.
export const write = (answers) => [version, ...answers.map((answer) => answer + 1)].join(".");
export function read(fragment) {
  const answers = fragment.split(".").slice(1).map((number) => number - 1);
  const known = questions.every(({ levels }, i) => levels[answers[i]]);
  return known && answers.length === RESULT && write(answers) === fragment ? answers : null;
}

// The browser stores the last result, and during a session the answers of each run, by the address of the quiz. It may
// refuse either: null, then.
const key = new URL(`../${quiz.path}`, import.meta.url).pathname;
const store = (kind, use) => {
  try {
    return use(window[kind]);
  } catch {
    return null;
  }
};
const remembered = () => store("localStorage", (storage) => storage.getItem(key) ?? "");
const readRemembered = () => read(remembered()?.split(" ")[1] || "");
const isSound = (answers) =>
  Array.isArray(answers) && questions.every(({ levels }, i) => answers[i] == null || levels[answers[i]]);

function start(form) {
  const fields = [...form.querySelectorAll("fieldset")];
  const results = [...document.querySelectorAll("[data-result]")];
  const progress = form.querySelector("[role=progressbar]");
  const error = form.querySelector("[role=alert]");
  const lost = document.querySelector("[data-part=lost]");
  const before = document.querySelector("[data-part=before]");
  const aside = document.querySelector(".quiz_form__aside");
  const opening = document.querySelector(".opening");
  const [onward, back] = form.querySelectorAll("button");
  const title = document.title;
  const lists = new Intl.ListFormat(document.documentElement.lang);
  // By run: its answers, whether it is over, and whether its result was stored. A run is known by the time it began, and
  // an entry of the history has that only: so nothing is left there of what is forgotten.
  let runs = {};
  let now;

  const nodes = (element) => [...element.cloneNode(true).childNodes];
  const option = (i, answer) => fields[i].querySelectorAll("label")[answer];
  const label = (i) => fields[i].querySelector("[data-label]");
  const question = (i) => nodes(label(i));
  const answer = (i, number) => nodes(option(i, number).querySelector("[data-text]"));
  // Scoring counts the levels that are live; this is the number that one of them has for visitors.
  const numberOf = (level) => results[level - 1].dataset.result;
  const record = () => `${numberOf(explain(now.answers).level)} ${write(now.answers)}`;
  // A link may carry a level and no answers: then no question is open.
  const firstOpen = () => (now.level ? -1 : questions.findIndex((_, i) => now.answers[i] == null));
  // The next step is the result: after the last question, and after an answer that is changed there.
  const isLast = () => now.edit || now.step === RESULT - 1;
  // What was ticked before this script came.
  const ticked = () => fields.map((field) => [...field.querySelectorAll("input")].findIndex((input) => input.checked));

  function begin(answers = [], more = {}) {
    now = { version, run: Date.now(), step: 0, depth: 0, answers, ...more };
    runs[now.run] = { version, answers };
  }

  // Keeps the answers; false where the browser refuses to.
  function keep() {
    return store("sessionStorage", (storage) => storage.setItem(key, JSON.stringify(runs)) ?? true);
  }

  // The run of an entry of the history, null if it is forgotten or unknown. Where it could not be kept, the entry has its
  // answers.
  function recall(state) {
    runs = Object(store("sessionStorage", (storage) => JSON.parse(storage.getItem(key)) ?? {}) ?? runs);
    if (state?.version !== version) return null;
    const run = runs[state.run] ?? state;
    return isSound(run.answers) && !(run.stored && remembered() === "") ? run : null;
  }

  // Forgets all runs but one that has just begun.
  function forgetRuns() {
    const isOpen = now.step < RESULT && firstOpen() >= 0;
    runs = isOpen ? { [now.run]: { version, answers: now.answers } } : {};
    if (isOpen) keep();
    else store("sessionStorage", (storage) => storage.removeItem(key));
  }

  // A new entry of the history, or the current one. Safari throws at the hundredth within half a minute: then there is no
  // entry to go back to.
  function enter(push, address) {
    const state = keep() ? { ...now, answers: null } : now;
    try {
      history[push ? "pushState" : "replaceState"](state, "", address);
    } catch {
      now.depth = 0;
    }
  }

  // Goes to a step, or to the first open question before it: in a new entry of the history, or in the current one.
  function visit(step, push) {
    const open = firstOpen();
    now.step = open < 0 ? step : Math.min(step, open);
    now.depth += push ? 1 : 0;
    lost.hidden = true;
    const result = now.level ? `#level-${numberOf(now.level)}` : "#result";
    const fragment = now.step === RESULT ? result : now.step ? `#question-${now.step + 1}` : "";
    if (now.step === RESULT) runs[now.run].over = true;
    enter(push, fragment || location.pathname + location.search);
  }

  // Decides what to show on arrival, and when the address changes within the page: by Back, Forward or a link.
  // Returns false where such a link leads to something else on the page.
  function arrive() {
    const fragment = location.hash.slice(1);
    const elsewhere = document.getElementById(fragment);
    const shared = read(fragment);
    const answers = shared || (fragment === "result" && readRemembered());
    const [, number] = fragment.match(/^question-(\d+)$/) || [];
    const level = 1 + results.findIndex((_, i) => fragment === `level-${numberOf(i + 1)}`);
    const run = recall(history.state);
    if (run) {
      now = { ...history.state, answers: run.answers };
      runs[now.run] ??= { answers: run.answers };
      visit(now.step);
    } else if (answers || level) {
      begin(answers || [], { shared: !!shared || !!level, level });
      visit(RESULT);
    } else if (history.state?.version === version) {
      begin();
      visit(0);
    } else if (number || !now) {
      const last = Object.values(runs).pop();
      const left = last?.version === version && !last.over && isSound(last.answers) ? last.answers : [];
      if (!now || now.level) begin(ticked().map((tick, i) => (tick < 0 ? left[i] : tick)));
      now.depth = 0;
      visit(Math.min(number ? Math.max(number - 1, 0) : RESULT, RESULT - 1));
      lost.hidden = !fragment || !!number || !!elsewhere;
    } else {
      enter(false);
      lost.hidden = !!elsewhere;
      return !elsewhere;
    }
    return true;
  }

  function show() {
    const { step, answers } = now;
    const last = step === RESULT;
    fields.forEach((field, i) => {
      field.hidden = i !== step;
      field.querySelectorAll("input").forEach((input, number) => (input.checked = answers[i] === number));
    });
    form.hidden = aside.hidden = last;
    opening.classList.toggle("hidden", last);
    tell(error);
    back.hidden = !step;
    tell(onward, isLast() ? "last" : "more");
    const level = last && (now.level || explain(answers).level);
    results.forEach((section, i) => (section.hidden = i + 1 !== level));
    if (last) fillResult(results[level - 1]);
    else showProgress();
    setTitle(last ? results[level - 1].dataset.title : progress.getAttribute("aria-valuetext"));
    const kept = readRemembered();
    before.hidden = step > 0 || !kept;
    tell(before, kept && numberOf(explain(kept).level));
  }

  // Shows some of the sentences that an element holds, or none. They are in the page, where a translator finds them.
  function tell(element, ...names) {
    element.querySelectorAll("[data-say]").forEach((part) => (part.hidden = !names.includes(part.dataset.say)));
  }

  function setTitle(...parts) {
    document.title = [...parts, title].join(" · ");
  }

  function showProgress() {
    const answered = questions.filter((_, i) => now.answers[i] != null).length;
    progress.setAttribute("aria-valuenow", answered);
    progress.setAttribute("aria-valuetext", fields[now.step].querySelector("[data-count]").textContent.replaceAll("\u00ad", ""));
    form.querySelectorAll("[data-course]").forEach((course) => {
      course.toggleAttribute("data-filled", course.dataset.course <= answered);
      course.toggleAttribute("data-current", course.dataset.course - 1 === now.step);
    });
  }

  function focus() {
    const target = now.step === RESULT ? results.find((section) => !section.hidden) : fields[now.step];
    target.focus({ preventScroll: true });
    if (target.getBoundingClientRect().top < 0) target.scrollIntoView({ behavior: "instant" });
  }

  // A link to the level of a result, and to nothing else.
  const linkTo = (section) => `${location.origin}${location.pathname}#level-${section.dataset.result}`;

  // A mail to oneself, for the visitor's own program: the level, its headline, where its offer is, and where the result.
  function writeMail(section) {
    const { title } = section.dataset;
    const offer = section.querySelector("[data-offer]");
    const lines = [title, section.querySelector("h2").textContent, "", linkTo(section)];
    if (offer) lines.splice(3, 0, offer.querySelector("h3").textContent, new URL(offer.dataset.offer, location), "");
    const [subject, body] = [title, lines.join("\r\n")].map((text) => encodeURIComponent(text.replaceAll("\u00ad", "")));
    return `mailto:?subject=${subject}&body=${body}`;
  }

  function fillResult(section) {
    const part = (name) => section.querySelector(`[data-part=${name}]`);
    part("mail")?.setAttribute("href", writeMail(section));
    part("shared").hidden = !now.shared;
    part("kept").hidden = !!now.level || remembered() !== record();
    part("link").hidden = true;
    tell(section.querySelector("[role=status]"));
    section.querySelectorAll("[data-answered]").forEach((element) => (element.hidden = !!now.level));
    if (!now.level) explainResult(section, part);
  }

  function explainResult(section, part) {
    const { answers } = now;
    const { level, median, held, deciding } = explain(answers);
    const levels = levelsOf(answers);
    // An item of a list for each line, made from its template.
    const fill = (name, lines) => {
      const template = part(name).querySelector("template");
      const items = lines.map((line) => {
        const item = template.content.firstElementChild.cloneNode(true);
        item.querySelectorAll("[data-put]").forEach((place) => place.append(...(line[place.dataset.put] || [])));
        return item;
      });
      part(name).replaceChildren(template, ...items);
      return items;
    };

    tell(part("why"), held.length ? "held" : "decided");
    part("list").textContent = lists.format(deciding.map((i) => label(i).textContent));
    part("median").textContent = numberOf(median);
    const [up, down] = sureness(answers);
    const moves = [level < results.length && `up-${up}`, level > 1 && `down-${down}`];
    tell(part("sure"), ...(up || down ? moves : ["steady"]));

    const order = [...new Set([...deciding, ...questions.keys()])];
    const rule = (i) => fields[i].querySelector(".quiz_form__rule");
    const lane = (i) => {
      const mark = option(i, answers[i]).querySelector("[data-level]").cloneNode(true);
      mark.removeAttribute("data-paper");
      mark.hidden = false;
      mark.style.gridColumn = levels[i];
      return mark;
    };
    const given = (i) => ({
      question: question(i),
      answer: answer(i, answers[i]),
      rule: rule(i) && nodes(rule(i)),
      lane: [lane(i)],
    });
    fill("answers", order.map(given)).forEach((item, at) => {
      const i = order[at];
      item.toggleAttribute("data-deciding", deciding.includes(i));
      item.querySelector("button").value = i;
    });

    // What levels are measured in is no step, so it stands beside the way up.
    const changes = shortestWayUp(answers);
    const isStep = ([i]) => !questions[i].metric;
    if (!part("up")) return;
    part("up").hidden = !changes.length;
    section.querySelectorAll("[data-mark]").forEach((mark) => (mark.hidden = levels[mark.dataset.mark] > level));
    fill("steps", changes.filter(isStep).map(([i, number]) => {
      const way = option(i, number).querySelector("template");
      return { question: question(i), answer: answer(i, number), way: way && nodes(way.content) };
    }));
  }

  const actions = {
    back() {
      if (now.depth > 0) return history.back();
      visit(now.step - 1);
      show();
      focus();
    },
    again() {
      begin();
      visit(0, true);
      show();
      focus();
    },
    print: () => print(),
    forget(section) {
      store("localStorage", (storage) => storage.removeItem(key));
      sayForgotten(section);
      focus();
    },
    change(section, { value }) {
      begin([...now.answers], { edit: true });
      visit(+value, true);
      show();
      focus();
    },
    async copy(section, { value }) {
      const field = section.querySelector("[readonly]");
      field.value = value ? linkTo(section).replace(/#.*/, `#${write(now.answers)}`) : linkTo(section);
      section.querySelector("[data-part=link]").hidden = false;
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        tell(section.querySelector("[role=status]"), "copied");
      } catch {
        // Where scripts may not copy, the link stays selected for the visitor to copy.
      }
    },
  };

  function sayForgotten(section) {
    forgetRuns();
    if (!section) return tell(before, "forgotten");
    section.querySelector("[data-part=kept]").hidden = true;
    tell(section.querySelector("[role=status]"), "forgotten");
  }

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-action]");
    actions[button?.dataset.action]?.(target.closest("[data-result]"), button);
  });

  // Whoever clicks or taps an answer is taken on, once it has been seen; the keyboard, which may have to pass several, has
  // Continue. The second click of two is meant for what was there.
  form.addEventListener("click", (event) => {
    const { step } = now;
    if (event.detail > 1) event.preventDefault();
    else if (event.detail && fields[step].contains(event.target.closest("label"))) {
      setTimeout(() => now.step === step && onward.click(), 200);
    }
  });

  form.addEventListener("change", ({ target }) => {
    now.answers[fields.indexOf(target.closest("fieldset"))] = target.value - 1;
    tell(error);
    showProgress();
    setTitle(progress.getAttribute("aria-valuetext"));
    if (!keep()) enter(false);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (now.answers[now.step] == null) {
      tell(error, "choose");
      setTitle(error.textContent.trim(), progress.getAttribute("aria-valuetext"));
      fields[now.step].querySelector("input").focus();
      return;
    }
    const isOver = isLast() && firstOpen() < 0;
    if (isOver) runs[now.run].stored = store("localStorage", (storage) => storage.setItem(key, record()) ?? true);
    visit(isOver ? RESULT : now.step + 1, true);
    show();
    focus();
  });

  addEventListener("popstate", () => {
    if (!arrive()) return;
    show();
    focus();
  });

  // The browser shows the page as it was left, or fills in the form as it was.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) arrive();
    if (persisted || now.step < RESULT) show();
  });

  // Another page has stored a result or forgotten it.
  addEventListener("storage", (event) => {
    if (event.key !== key && event.key !== null) return;
    if (remembered() !== "") show();
    else sayForgotten(results.find((one) => !one.hidden));
  });

  arrive();
  show();
  form.noValidate = true;
  fields[0].setAttribute("aria-describedby", `quiz-tap ${fields[0].getAttribute("aria-describedby")}`);
  onward.disabled = false;
  document.querySelectorAll("[data-paper]").forEach((element) => (element.hidden = true));
  form.classList.add("quiz_form--stepping");
}

if (typeof document !== "undefined") {
  const form = document.querySelector(".quiz_form");
  if (!form.classList.contains("quiz_form--stepping")) start(form);
}
