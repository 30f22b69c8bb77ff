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
  const moves = questions.map((question, i) => {
    const shut = question.gate && levels[i] < goal - 1;
    const found = (shut ? [goal - 1, goal] : [goal]).flatMap((least) => {
      const target = Math.min(...question.levels.filter((level) => level >= least));
      if (levels[i] >= least || target === Infinity) return [];
      const gain = target < goal ? 0 : question.weight;
      return { cost: change + target - levels[i], gain, option: question.levels.indexOf(target) };
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

// The browser stores the last result, by the address of the quiz; it may refuse to.
const key = new URL(`../${quiz.path}`, import.meta.url).pathname;
const store = (use) => {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
};

function start(form) {
  const fields = [...form.querySelectorAll("fieldset")];
  const results = [...document.querySelectorAll("[data-result]")];
  const progress = form.querySelector("[role=progressbar]");
  const error = form.querySelector("[role=alert]");
  const lost = document.querySelector("[data-part=lost]");
  const [onward, back] = form.querySelectorAll("button");
  const labels = [onward.textContent, onward.dataset.last];
  const title = document.title;
  // Answers by run, so that going back and forth in the history of one run does not bring back older answers.
  const runs = {};
  let now;

  const nodes = (element) => [...element.cloneNode(true).childNodes];
  const option = (i, answer) => fields[i].querySelectorAll("label")[answer];
  const question = (i) => nodes(fields[i].querySelector("[data-text]"));
  const answer = (i, number) => nodes(option(i, number).querySelector("[data-text]"));
  // Scoring counts the levels that are live; this is the number that one of them has for visitors.
  const numberOf = (level) => results[level - 1].dataset.result;
  const record = () => `${numberOf(explain(now.answers).level)} ${write(now.answers)}`;

  function begin(answers = [], shared = false) {
    now = { version, run: Date.now(), step: 0, depth: 0, answers, shared };
    runs[now.run] = answers;
  }

  // Goes to a step, or to the first open question before it: in a new entry of the history, or in the current one.
  function visit(step, push) {
    const open = questions.findIndex((_, i) => now.answers[i] === undefined);
    now.step = open < 0 ? step : Math.min(step, open);
    now.depth += push ? 1 : 0;
    lost.hidden = true;
    const fragment = now.step === RESULT ? "#result" : now.step ? `#question-${now.step + 1}` : "";
    history[push ? "pushState" : "replaceState"](now, "", fragment || location.pathname + location.search);
  }

  // Decides what to show on arrival, and when the address changes within the page: by Back, Forward or a link.
  // Returns false where such a link leads to something else on the page.
  function arrive() {
    const fragment = location.hash.slice(1);
    const elsewhere = document.getElementById(fragment);
    const kept = fragment === "result" && store((storage) => storage.getItem(key).split(" ")[1]);
    const shared = read(fragment);
    const answers = shared || read(kept || "");
    const [, number] = fragment.match(/^question-(\d+)$/) || [];
    const state = history.state;
    if (state?.version === version) {
      now = { ...state, answers: (runs[state.run] ??= state.answers) };
      visit(now.step);
    } else if (answers) {
      begin(answers, !!shared);
      visit(RESULT);
    } else if (number || !now) {
      if (!now) begin();
      now.depth = 0;
      visit(Math.min(Math.max(number - 1 || 0, 0), RESULT - 1));
      lost.hidden = !fragment || !!number || !!elsewhere;
    } else {
      history.replaceState(now, "");
      lost.hidden = !!elsewhere;
      return !elsewhere;
    }
    return true;
  }

  function show() {
    const { step, answers } = now;
    const last = step === RESULT;
    fields.forEach((field, i) => {
      field.toggleAttribute("data-current", i === step);
      field.querySelectorAll("input").forEach((input, number) => (input.checked = answers[i] === number));
    });
    form.hidden = last;
    error.textContent = "";
    back.hidden = !step;
    onward.textContent = labels[+(step === RESULT - 1)];
    const level = last && explain(answers).level;
    results.forEach((section, i) => (section.hidden = i + 1 !== level));
    if (last) fillResult(results[level - 1]);
    else showProgress();
    setTitle(last ? results[level - 1].dataset.title : progress.getAttribute("aria-valuetext"));
    if (step) document.querySelector(".welcome_back")?.remove();
  }

  function setTitle(...parts) {
    document.title = [...parts, title].join(" · ");
  }

  function showProgress() {
    progress.setAttribute("aria-valuenow", now.answers.length);
    progress.setAttribute("aria-valuetext", fields[now.step].querySelector("[data-count]").textContent.replaceAll("\u00ad", ""));
    form.querySelectorAll("[data-course]").forEach((course) => {
      course.toggleAttribute("data-filled", course.dataset.course <= now.answers.length);
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
    part("kept").hidden = store((storage) => storage.getItem(key)) !== record();
    part("link").hidden = true;
    section.querySelector("[role=status]").textContent = "";
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
    forget(section, say) {
      store((storage) => storage.removeItem(key));
      section.querySelector("[data-part=kept]").hidden = true;
      say("forgotten");
      focus();
    },
    async copy(section, say) {
      const field = section.querySelector("input");
      field.value = `${location.origin}${location.pathname}#${write(now.answers)}`;
      section.querySelector("[data-part=link]").hidden = false;
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        say("copied");
      } catch {
        // Where scripts may not copy, the link stays selected for the visitor to copy.
      }
    },
  };

  document.addEventListener("click", ({ target }) => {
    const action = actions[target.closest("[data-action]")?.dataset.action];
    const section = target.closest("[data-result]");
    const status = section?.querySelector("[role=status]");
    action?.(section, (word) => (status.textContent = status.dataset[word]));
  });

  form.addEventListener("change", ({ target }) => {
    now.answers[now.step] = target.value - 1;
    error.textContent = "";
    showProgress();
    setTitle(progress.getAttribute("aria-valuetext"));
    history.replaceState(now, "");
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (now.answers[now.step] === undefined) {
      error.textContent = error.dataset.text;
      setTitle(error.dataset.text, progress.getAttribute("aria-valuetext"));
      fields[now.step].querySelector("input").focus();
      return;
    }
    if (now.step === RESULT - 1) store((storage) => storage.setItem(key, record()));
    visit(now.step + 1, true);
    show();
    focus();
  });

  addEventListener("popstate", () => {
    if (!arrive()) return;
    show();
    focus();
  });

  arrive();
  show();
  form.noValidate = true;
  onward.disabled = false;
  form.classList.add("quiz_form--stepping");
}

if (typeof document !== "undefined") start(document.querySelector(".quiz_form"));
