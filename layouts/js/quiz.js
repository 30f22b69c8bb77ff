// Shows a quiz one question at a time. The build puts the scoring model in front, as `const quiz = {...}`.
// Every word that visitors read is in the page; this script shows and hides them, and scores the answers.

const { questions, version } = quiz;
const RESULT = questions.length;
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const total = sum(questions.map((question) => question.weight));

// Scoring, by the reference in generator/quiz/scoring.py. An answer is the number of an option, counted from 0.

const levelsOf = (answers) => questions.map(({ levels }, i) => levels[answers[i]]);
const weightFrom = (levels, least) => sum(questions.map(({ weight }, i) => (levels[i] < least ? 0 : weight)));

// The level, the level before the gates, the questions answered at the level, and the gates that hold the result back.
export function explain(answers) {
  const levels = levelsOf(answers);
  const median = Math.max(...levels.filter((level) => 2 * weightFrom(levels, level) > total));
  const cap = Math.min(...levels.map((level, i) => (questions[i].gate ? level + 1 : Infinity)));
  const level = Math.min(median, cap);
  const where = (test) => [...levels.keys()].filter(test);
  return {
    level,
    median,
    speaking: where((i) => levels[i] === level),
    held: where((i) => cap < median && questions[i].gate && levels[i] + 1 === cap),
  };
}

// The fewest answers to change for a higher result, as [question, option]: `minimal_improvement` of the reference,
// with the same preferences among equally few changes.
export function shortestWayUp(answers) {
  const levels = levelsOf(answers);
  const goal = explain(answers).level + 1;
  const change = 1 + sum(questions.map((question) => Math.max(...question.levels)));
  const metricChange = change * (RESULT + 1);
  const moves = questions.map((question, i) => {
    const shut = question.gate && levels[i] < goal - 1;
    const found = (shut ? [goal - 1, goal] : [goal]).flatMap((least) => {
      const target = Math.min(...question.levels.filter((level) => level >= least));
      if (levels[i] >= least || target === Infinity) return [];
      const gain = target < goal ? 0 : question.weight;
      return { cost: (question.metric ? metricChange : change) + target - levels[i], gain, option: question.levels.indexOf(target) };
    });
    return shut ? found : [...found, { cost: 0, gain: 0 }];
  });

  let missing = Math.max(0, Math.floor(total / 2) + 1 - weightFrom(levels, goal));
  const costs = (choices, rest, need) => choices.map(({ cost, gain }) => cost + rest[Math.max(0, need - gain)]);
  // For each missing weight, the lowest cost of gaining it from the questions that are left, last question first.
  const tables = [[0, ...Array(missing).fill(Infinity)]];
  for (const choices of [...moves].reverse()) {
    tables.unshift(tables[0].map((_, need) => Math.min(...costs(choices, tables[0], need))));
  }
  if (tables[0][missing] === Infinity) return [];
  return moves.flatMap((choices, i) => {
    const all = costs(choices, tables[i + 1], missing);
    const move = choices[all.indexOf(Math.min(...all))];
    missing = Math.max(0, missing - move.gain);
    return move.cost ? [[i, move.option]] : [];
  });
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
const isSound = (answers) =>
  Array.isArray(answers) && questions.every(({ levels }, i) => answers[i] == null || levels[answers[i]]);

function start(form) {
  const fields = [...form.querySelectorAll("fieldset")];
  const results = [...document.querySelectorAll("[data-result]")];
  const progress = form.querySelector("[role=progressbar]");
  const error = form.querySelector("[role=alert]");
  const lost = document.querySelector("[data-part=lost]");
  const aside = document.querySelector(".quiz_form__aside");
  const [onward, back] = form.querySelectorAll("button");
  const title = document.title;
  // By run: its answers, and whether its result was stored. A run is known by the time it began, and an entry of the
  // history has that only: so nothing is left there of what is forgotten.
  let runs = {};
  let now;

  const nodes = (element) => [...element.cloneNode(true).childNodes];
  const option = (i, answer) => fields[i].querySelectorAll("label")[answer];
  const question = (i) => nodes(fields[i].querySelector("[data-text]"));
  const answer = (i, number) => nodes(option(i, number).querySelector("[data-text]"));
  // Scoring counts the levels that are live; this is the number that one of them has for visitors.
  const numberOf = (level) => results[level - 1].dataset.result;
  const record = () => `${numberOf(explain(now.answers).level)} ${write(now.answers)}`;
  const firstOpen = () => questions.findIndex((_, i) => now.answers[i] == null);
  // What was ticked before this script came.
  const ticked = () => fields.map((field) => [...field.querySelectorAll("input")].findIndex((input) => input.checked));

  function begin(answers = [], shared = false) {
    now = { version, run: Date.now(), step: 0, depth: 0, answers, shared };
    runs[now.run] = { answers };
  }

  // Keeps the answers; false where the browser refuses to.
  function keep() {
    return store("sessionStorage", (storage) => storage.setItem(key, JSON.stringify(runs)) ?? true);
  }

  // The run of an entry of the history, null if it is forgotten or unknown. Where it could not be kept, the entry has its
  // answers.
  function recall(state) {
    if (state?.version !== version) return null;
    runs = Object(store("sessionStorage", (storage) => JSON.parse(storage.getItem(key)) ?? {}) ?? runs);
    const run = runs[state.run] ?? state;
    return isSound(run.answers) && !(run.stored && remembered() === "") ? run : null;
  }

  // Forgets all runs but one that has just begun.
  function forgetRuns() {
    const isOpen = now.step < RESULT && firstOpen() >= 0;
    runs = isOpen ? { [now.run]: { answers: now.answers } } : {};
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
    const fragment = now.step === RESULT ? "#result" : now.step ? `#question-${now.step + 1}` : "";
    enter(push, fragment || location.pathname + location.search);
  }

  // Decides what to show on arrival, and when the address changes within the page: by Back, Forward or a link.
  // Returns false where such a link leads to something else on the page.
  function arrive() {
    const fragment = location.hash.slice(1);
    const elsewhere = document.getElementById(fragment);
    const shared = read(fragment);
    const answers = shared || read((fragment === "result" && remembered()?.split(" ")[1]) || "");
    const [, number] = fragment.match(/^question-(\d+)$/) || [];
    const run = recall(history.state);
    if (run) {
      now = { ...history.state, answers: run.answers };
      runs[now.run] ??= { answers: run.answers };
      visit(now.step);
    } else if (answers) {
      begin(answers, !!shared);
      visit(RESULT);
    } else if (history.state?.version === version) {
      begin();
      visit(0);
    } else if (number || !now) {
      if (!now) begin(ticked().map((tick) => (tick < 0 ? null : tick)));
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
    tell(error);
    back.hidden = !step;
    tell(onward, step === RESULT - 1 ? "last" : "more");
    const level = last && explain(answers).level;
    results.forEach((section, i) => (section.hidden = i + 1 !== level));
    if (last) fillResult(results[level - 1]);
    else showProgress();
    setTitle(last ? results[level - 1].dataset.title : progress.getAttribute("aria-valuetext"));
    if (step) document.querySelector(".welcome_back")?.remove();
  }

  // Shows one of the sentences that an element holds, or none. They are in the page, where a translator finds them.
  function tell(element, name) {
    element.querySelectorAll("[data-say]").forEach((part) => (part.hidden = part.dataset.say !== name));
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

  function fillResult(section) {
    const { speaking, held } = explain(now.answers);
    const part = (name) => section.querySelector(`[data-part=${name}]`);
    const fill = (name, lines) => {
      const slot = part(name).querySelector("[data-slot]");
      const template = slot.querySelector("template");
      const items = lines.map((line) => {
        const item = template.content.cloneNode(true);
        item.querySelectorAll("[data-put]").forEach((place) => place.append(...(line[place.dataset.put] || [])));
        return item;
      });
      slot.replaceChildren(template, ...items);
      part(name).hidden = !lines.length;
    };
    const given = (i) => ({ question: question(i), answer: answer(i, now.answers[i]) });
    const change = ([i, number]) => {
      const way = option(i, number).querySelector("template");
      return { ...given(i), change: answer(i, number), way: way && nodes(way.content) };
    };
    fill("decided", speaking.map(given));
    fill("held", held.map(given));
    fill("changes", shortestWayUp(now.answers).map(change));
    fillRow(part("row"));
    part("shared").hidden = !now.shared;
    part("kept").hidden = remembered() !== record();
    part("link").hidden = true;
    tell(section.querySelector("[role=status]"));
  }

  // The answers in a row, each repeated by its weight, and the middle one marked; hidden where it would be too long.
  function fillRow(row) {
    const levels = levelsOf(now.answers).flatMap((level, i) => Array(questions[i].weight).fill(level));
    levels.sort((one, other) => one - other);
    row.hidden = total > 24;
    const marks = levels.map((level, i) => {
      const mark = document.createElement("i");
      mark.dataset.level = mark.textContent = numberOf(level);
      mark.toggleAttribute("data-middle", i === (total - 1) >> 1);
      return mark;
    });
    row.querySelector("[aria-hidden]").replaceChildren(...marks);
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
    async copy(section) {
      const field = section.querySelector("input");
      field.value = `${location.origin}${location.pathname}#${write(now.answers)}`;
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
    section.querySelector("[data-part=kept]").hidden = true;
    tell(section.querySelector("[role=status]"), "forgotten");
  }

  document.addEventListener("click", ({ target }) => {
    actions[target.closest("[data-action]")?.dataset.action]?.(target.closest("[data-result]"));
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
    if (now.step === RESULT - 1 && firstOpen() < 0) {
      runs[now.run].stored = store("localStorage", (storage) => storage.setItem(key, record()) ?? true);
    }
    visit(now.step + 1, true);
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
    const section = results.find((one) => !one.hidden);
    if (remembered() !== "") section && fillResult(section);
    else if (section) sayForgotten(section);
    else forgetRuns();
  });

  arrive();
  show();
  form.noValidate = true;
  onward.disabled = false;
  document.querySelectorAll("[data-paper]").forEach((element) => (element.hidden = true));
  form.classList.add("quiz_form--stepping");
}

if (typeof document !== "undefined") {
  const form = document.querySelector(".quiz_form");
  if (!form.classList.contains("quiz_form--stepping")) start(form);
}
