/**
 * The quiz: one card that asks, marks and explains, without a kernel, a framework or a request.
 *
 * Parts: marking · small tools · memory (localStorage) · handing over (kernel) · the six kinds · the card.
 * The texts of an item are HTML that `texts.py` has made safe; everything else is set as text.
 *
 * @typedef {{id: string, version: string, kind: string, ask: string, hint?: string, why: string,
 *   sources?: [string, string?][], options?: object[], parts?: object[], pairs?: object[], decoys?: string[],
 *   plate?: string, answer?: number, unit?: string, min?: number, max?: number, step?: number}} Item
 * @typedef {{score: number, right: boolean, answered: boolean, notes: boolean[]}} Mark
 * @typedef {{id: string, learner: string, item: string, item_version: string, quiz: string, response: any,
 *   sure: boolean, score: number, ms: number, at: string, kept?: boolean}} Attempt
 * @typedef {{response: any, sure?: boolean, again?: boolean}} Draft
 */

// ---- Marking: as grade.py does it; tests/marking/cases.json holds the two together ----

const NUMBER = /^[+\-−]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)$/;
const THOUSANDS = /^[+\-−]?[1-9][0-9]{0,2}[.,][0-9]{3}$/;

/** The number typed, with a decimal point or comma; null where it is not plainly one ("1,200" could be 1200 or 1.2). */
export function number(text) {
  const typed = typeof text === "string" ? text.replace(/^ +| +$/g, "") : "";
  return NUMBER.test(typed) && !THOUSANDS.test(typed) ? Number(typed.replace(",", ".").replace("−", "-")) : null;
}

const isIndex = (value, count) => Number.isInteger(value) && value >= 0 && value < count;
const areIndices = (values, count) => Array.isArray(values) && values.every((value) => isIndex(value, count));
const marked = (score, notes) => ({ score, right: score === 1, answered: true, notes });

function markChosen(item, response) {
  const right = item.options.map((option) => Boolean(option.right));
  if (!areIndices(response, right.length) || !response.length) return null;
  const gained = [...new Set(response)].reduce((sum, i) => sum + (right[i] ? 1 : -1), 0);
  return marked(Math.max(0, gained) / right.filter(Boolean).length, right.map((is, i) => is === response.includes(i)));
}

function markOrder(item, response) {
  const texts = item.parts.map((part) => part.text);
  if (!areIndices(response, texts.length) || new Set(response).size !== texts.length) return null;
  const given = response.map((i) => texts[i]);
  const notes = given.map((text, i) => text === texts[i]);
  const wanted = neighbours(texts);
  let found = 0;
  for (const pair of neighbours(given)) {
    const at = wanted.indexOf(pair);
    if (at >= 0) found += wanted.splice(at, 1).length;
  }
  // Equal texts allow all neighbours to be right in a wrong order; that is not the full mark.
  return marked(notes.every(Boolean) ? 1 : Math.min(found, texts.length - 2) / (texts.length - 1), notes);
}

const neighbours = (texts) => texts.slice(1).map((text, i) => JSON.stringify([texts[i], text]));

function markNamed(item, response) {
  const wanted = rightNames(item);
  const offered = [...wanted, ...(item.decoys ?? [])];
  if (!Array.isArray(response) || response.length !== wanted.length || response.every((i) => i === null)) return null;
  if (!areIndices(response.filter((i) => i !== null), offered.length)) return null;
  const notes = response.map((i, place) => i !== null && offered[i] === wanted[place]);
  return marked(notes.filter(Boolean).length / notes.length, notes);
}

const rightNames = (item) => item.pairs?.map((pair) => pair.right) ?? item.parts.map((part) => part.text);

function markNumber(item, response) {
  const value = number(response);
  if (value === null || value < item.min || value > item.max) return null;
  const beyond = Math.max(0, Math.abs(value - item.answer) - item.tolerance - 1e-9);
  const score = Math.max(0, 1 - beyond / (item.zero_at - item.tolerance));
  return marked(score, [score === 1]);
}

/** Mark a response; what is no answer at all is not answered and scores 0. @returns {Mark} */
export function mark(item, response) {
  return KINDS[item.kind].mark(item, response) ?? { score: 0, right: false, answered: false, notes: [] };
}

// ---- Small tools ----

/** Make an element. `html` sets safe HTML, `on…` listens; every focusable control is kept from JupyterLab's shortcuts. */
function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "html") node.innerHTML = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter((child) => child || child === 0));
  for (const link of node.querySelectorAll("a")) Object.assign(link, { target: "_blank", rel: "noopener" });
  for (const each of [node, ...node.querySelectorAll("a")]) {
    if (each.matches("a, button, input, select, summary, [tabindex]")) each.dataset.lmSuppressShortcuts = "true";
  }
  return node;
}

const hidden = (text) => h("span", { class: "lq-hidden" }, text);
const button = (text, onclick, props = {}) => h("button", { type: "button", class: "lq-button", onclick, ...props }, text);
const plain = (html) => h("span", { html }).textContent;
const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const SIGNS = { right: "✓", wrong: "✕", partly: "◑", kept: "●", open: "" };
const WORDS = { right: "right", wrong: "not right yet", partly: "partly right", kept: "answered", open: "open" };
const sign = (state) => h("span", { class: `lq-sign ${state}`, "aria-hidden": "true" }, SIGNS[state]);

/** 0 … count−1 shuffled, always the same for one seed and name. */
function shuffled(count, seed, name) {
  let state = [...name].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0), 16777619), seed | 0);
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

// ---- Memory: what this browser keeps ----

const ATTEMPT = "lumbar:attempt:";

/** The attempts of one quiz and what is under way in it. Works on in memory where the browser stores nothing. */
class Memory {
  constructor(quiz) {
    this.key = `lumbar:quiz:${quiz}`;
    this.fails = false;
    /** @type {Map<string, Attempt>} */ this.attempts = new Map();
    /** @type {{seed: number, at: number, since: string, drafts: Record<string, Draft>}} */
    this.now = { seed: Math.floor(Math.random() * 2 ** 31), at: 0, since: "", drafts: {} };
    try {
      Object.assign(this.now, JSON.parse(localStorage.getItem(this.key) ?? "{}"));
      for (const key of Object.keys(localStorage).filter((name) => name.startsWith(ATTEMPT))) this.add(read(key));
    } catch {
      this.fails = true;
    }
    this.save();
  }

  add(attempt) {
    if (attempt?.id) this.attempts.set(attempt.id, attempt);
  }

  save() {
    this.write(this.key, this.now);
  }

  keep(attempt) {
    this.add(attempt);
    this.write(ATTEMPT + attempt.id, attempt);
  }

  write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      this.fails = true;
    }
  }

  waiting() {
    return [...this.attempts.values()].filter((attempt) => !attempt.kept);
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // a spoilt entry must not stop the quiz
  }
}

// ---- Handing over: the kernel keeps attempts in the learner's progress file ----

/** Ask Python to store attempts. Resolves to its answer, or to null where nobody is there to answer. */
async function exchange(model, request) {
  const manager = model.widget_manager;
  if (manager && "kernel" in manager) return manager.kernel ? askKernel(manager.kernel, request) : null;
  if (request.attempts.length) {
    model.set("outbox", { ...request, at: Date.now() });
    model.save_changes();
  }
  return null; // the answer comes as a change of `kept`
}

async function askKernel(kernel, request) {
  const literal = JSON.stringify(JSON.stringify(request)); // a JSON string is a Python string, too
  const python = (module) => `__import__("lumbar.${module}", fromlist=["_"])`;
  // `Output` so that the answer comes back as it is, not as Python would quote it.
  const lumbar = `${python("output")}.Output("", ${python("progress")}.exchange(${literal}))`;
  try {
    const future = kernel.requestExecute({ code: "", silent: true, store_history: false, user_expressions: { lumbar } });
    const late = new Promise((resolve) => setTimeout(resolve, 60000));
    const reply = await Promise.race([future.done, late]);
    return JSON.parse(reply.content.user_expressions.lumbar.data["text/plain"]);
  } catch {
    return null; // busy, dead, restarting, or without the course: the attempts wait
  }
}

// ---- The six kinds. Each: mark, task, draw (an open question), missing (what Check still needs), explain ----

/** Options in their shuffled order, with radio buttons or checkboxes. */
function drawOptions(card, item, draft) {
  const several = item.kind === "several";
  const chosen = several ? draft.response ?? [] : [draft.response];
  const choose = (i) => (event) => {
    const rest = (draft.response ?? []).filter?.((other) => other !== i);
    const now = several ? (event.target.checked ? [...rest, i].sort((a, b) => a - b) : rest) : i;
    card.set(item, several && !now.length ? null : now);
  };
  const type = several ? "checkbox" : "radio";
  return h("div", { class: "lq-options" }, card.order(item, item.options.length).map((i) => h("label", { class: "lq-option" },
    h("input", { type, name: card.name(item), checked: chosen.includes(i), onchange: choose(i) }),
    h("span", { html: item.options[i].text }))));
}

/** Each option with what was chosen and what is right; `later` shows the choice alone. */
function explainOptions(card, item, response, later) {
  const chosen = [response].flat();
  const rest = [];
  const rows = card.order(item, item.options.length).map((i) => {
    const { text, right, feedback } = item.options[i];
    const mine = chosen.includes(i);
    const told = !later && (mine || (right && item.kind === "several"));
    if (!later && !told) rest.push(h("li", {}, h("strong", { html: text }), h("div", { html: feedback })));
    const state = later ? (mine ? "kept" : "open") : right ? "right" : mine ? "wrong" : "open";
    const said = later ? mine && "Your answer" : mine ? `Your answer: ${right ? "right" : "not right"}`
      : right && (item.kind === "several" ? "Right, and not chosen" : "The right answer");
    return h("li", { class: `lq-option ${state} ${mine ? "mine" : ""}` }, sign(state),
      h("div", {}, said && h("span", { class: "lq-tag" }, said), h("div", { html: text }),
        told && h("div", { class: "lq-why", html: feedback })));
  });
  return [h("ul", { class: "lq-options" }, rows), rest.length > 0 && h("details", { class: "lq-more" },
    h("summary", {}, "About the other options"), h("ul", {}, rest))];
}

/** Parts with buttons to move them, and a grip to drag them by. */
function drawOrder(card, item, draft) {
  const order = draft.response ?? card.startOrder(item);
  const list = h("ol", { class: "lq-order" });
  const rows = order.map((i) => {
    const text = plain(item.parts[i].text);
    const mover = (by, glyph, word) => button(glyph, (event) => move(row, by, event.currentTarget),
      { class: "lq-move", "aria-label": `Move ${word}: ${text}` });
    const row = h("li", { class: "lq-row", "data-part": i }, h("span", { class: "lq-grip", "aria-hidden": "true" }, "⠿"),
      h("span", { class: "lq-place", "aria-hidden": "true" }), h("span", { class: "lq-text", html: item.parts[i].text }),
      mover(-1, "↑", "up"), mover(1, "↓", "down"));
    row.firstChild.addEventListener("pointerdown", (event) => drag(row, event));
    return row;
  });
  const number = () => [...list.children].forEach((row, i) => {
    row.querySelector(".lq-place").textContent = i + 1;
    row.querySelectorAll("button").forEach((each, down) =>
      each.setAttribute("aria-disabled", String(i === (down ? rows.length - 1 : 0))));
  });
  const settle = (row) => {
    number();
    card.set(item, [...list.children].map((each) => Number(each.dataset.part)));
    const place = [...list.children].indexOf(row) + 1;
    card.say(`“${row.querySelector(".lq-text").textContent}” is now ${place} of ${rows.length}.`);
  };
  const move = (row, by, control) => {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    other[by < 0 ? "before" : "after"](row);
    control.focus();
    settle(row);
  };
  const drag = (row, start) => {
    start.preventDefault();
    const grip = start.currentTarget;
    grip.setPointerCapture(start.pointerId);
    row.classList.add("lq-dragged");
    grip.onpointermove = ({ clientY }) => {
      const over = [...list.children].find((each) => each !== row && clientY > each.getBoundingClientRect().top
        && clientY < each.getBoundingClientRect().bottom);
      if (over) over[over.getBoundingClientRect().top < row.getBoundingClientRect().top ? "before" : "after"](row);
    };
    grip.onpointerup = grip.onpointercancel = () => {
      grip.onpointermove = grip.onpointerup = grip.onpointercancel = null;
      row.classList.remove("lq-dragged");
      settle(row);
    };
  };
  list.append(...rows);
  number();
  return list;
}

function explainOrder(card, item, response, later) {
  const { notes, right } = mark(item, response);
  const rows = response.map((i, place) => explained(notes[place], later,
    [h("span", { class: "lq-place" }, place + 1), h("span", { html: item.parts[i].text })], item.parts[i].feedback));
  return [h("ol", { class: "lq-results" }, rows), !later && !right && h("div", {}, h("h5", {}, "The right order"),
    h("ol", { class: "lq-answer" }, item.parts.map((part) => h("li", { html: part.text }))))];
}

/** One line of a result: right or not, what stands there, and the feedback where it is not right. */
function explained(right, later, content, feedback) {
  const state = later ? "kept" : right ? "right" : "wrong";
  return h("li", { class: `lq-result ${state}` }, sign(state), h("div", {}, !later && hidden(`${WORDS[state]}: `), content,
    !later && !right && h("div", { class: "lq-why", html: feedback })));
}

/** A select with every name on offer, shuffled, equal ones once. */
function drawSelect(card, item, draft, place, label) {
  const names = [...rightNames(item), ...(item.decoys ?? [])];
  const chosen = draft.response?.[place] ?? null;
  const offered = card.order(item, names.length).filter((i) => names.indexOf(names[i]) === i);
  const choose = (event) => {
    const response = [...(draft.response ?? rightNames(item).map(() => null))];
    response[place] = event.target.value === "" ? null : Number(event.target.value);
    card.set(item, response.every((i) => i === null) ? null : response);
  };
  return h("select", { class: "lq-select", "aria-label": label, onchange: choose }, h("option", { value: "" }, "Choose …"),
    offered.map((i) => h("option", { value: i, selected: i === chosen }, plain(names[i]))));
}

function drawMatch(card, item, draft) {
  return h("div", { class: "lq-pairs" }, item.pairs.map((pair, i) => h("div", { class: "lq-pair" },
    h("span", { html: pair.left }), drawSelect(card, item, draft, i, plain(pair.left)))));
}

function explainNamed(card, item, response, later) {
  const wanted = rightNames(item);
  const names = [...wanted, ...(item.decoys ?? [])];
  const { notes } = mark(item, response);
  const rows = (item.pairs ?? item.parts).map((part, i) => explained(notes[i], later, [
    item.plate && h("span", { class: "lq-place" }, i + 1),
    h("span", { class: "lq-left", html: part.left ?? part.where }), h("span", { "aria-hidden": "true" }, " → "),
    !later && !notes[i] && h("span", {}, hidden("you chose "), h("s", { html: names[response[i]] ?? "nothing" }), " "),
    h("strong", { html: later ? names[response[i]] : wanted[i] })], part.feedback));
  return [item.plate && drawPlate(card, item, notes.map((right) => (later ? "kept" : right ? "right" : "wrong"))),
    h("ol", { class: "lq-results" }, rows)];
}

/** The plate with a numbered marker on each part; a marker leads to its select, or shows how it was answered. */
function drawPlate(card, item, states) {
  const picture = h("div", { class: "lq-plate" }, drawSvg(card.plates[item.plate], card.name(item)));
  const markers = item.parts.map((part, i) => states
    ? h("span", { class: `lq-marker ${states[i]}`, "aria-hidden": "true" }, h("b", {}, i + 1, sign(states[i])))
    : h("button", { type: "button", class: "lq-marker", "aria-label": `Part ${i + 1}: ${plain(part.where)}`,
      onclick: () => card.body.querySelectorAll("select")[i].focus() }, h("b", {}, i + 1)));
  picture.append(...markers);
  const place = () => item.parts.forEach((part, i) => {
    const at = middle(picture.querySelector(`[id="${card.name(item)}-${part.part}"]`));
    if (at) Object.assign(markers[i].style, { left: `${at[0] * 100}%`, top: `${at[1] * 100}%` });
  });
  new ResizeObserver(place).observe(picture); // also tells when the picture is first laid out
  return picture;
}

/** An SVG from its text, its ids made its own: a page may show the same plate twice. */
function drawSvg(text, prefix) {
  const own = (text ?? "").replace(/\bid="/g, `id="${prefix}-`).replace(/(url\(|href=")#/g, `$1#${prefix}-`);
  const svg = new DOMParser().parseFromString(own, "image/svg+xml").documentElement;
  svg.setAttribute("aria-hidden", "true");
  for (const name of ["width", "height"]) svg.removeAttribute(name);
  return document.importNode(svg, true);
}

/** A point on a part, as shares of the picture's width and height: its middle, or the nearest point inside its outline. */
function middle(part) {
  const shape = part?.matches("g") ? largest(part.querySelectorAll("path, polygon, ellipse, circle, rect")) ?? part : part;
  const svg = part?.ownerSVGElement;
  const matrix = shape?.getScreenCTM?.();
  const frame = svg?.getBoundingClientRect();
  if (!matrix || !frame.width) return null;
  const box = shape.getBBox();
  const point = (u, v) => new DOMPoint(box.x + u * box.width, box.y + v * box.height);
  const grid = [...Array(81).keys()].map((i) => [(i % 9) / 8, Math.floor(i / 9) / 8])
    .sort(([a, b], [c, d]) => Math.hypot(a - 0.5, b - 0.5) - Math.hypot(c - 0.5, d - 0.5));
  const [u, v] = grid.find(([u, v]) => shape.isPointInFill?.(point(u, v))) ?? [0.5, 0.5];
  const { x, y } = point(u, v).matrixTransform(matrix);
  return [(x - frame.left) / frame.width, (y - frame.top) / frame.height];
}

const area = (shape) => shape.getBBox().width * shape.getBBox().height;
const largest = (shapes) => [...shapes].sort((a, b) => area(b) - area(a))[0];

function drawLabel(card, item, draft) {
  const rows = item.parts.map((part, i) => h("div", { class: "lq-pair" },
    h("span", {}, h("b", { class: "lq-place" }, i + 1), h("span", { html: part.where })),
    drawSelect(card, item, draft, i, `Part ${i + 1}: ${plain(part.where)}`)));
  return h("div", {}, drawPlate(card, item), h("div", { class: "lq-pairs" }, rows));
}

/** A slider and a text field that follow each other; what is typed is kept as typed. */
function drawNumber(card, item, draft) {
  const unit = plain(item.unit);
  const spoken = (value) => slider.setAttribute("aria-valuetext", `${value} ${unit}`);
  const slider = h("input", { type: "range", class: "lq-slider", min: item.min, max: item.max, step: item.step,
    "aria-label": "Your estimate on a scale", oninput: () => {
      field.value = slider.value;
      spoken(slider.value);
      card.set(item, slider.value);
    } });
  const field = h("input", { type: "text", class: "lq-number", inputmode: "decimal", autocomplete: "off", size: 8,
    "aria-label": `Your estimate, ${unit}`, value: draft.response ?? "", oninput: () => {
      follow();
      card.set(item, field.value.trim() ? field.value : null);
    }, onkeydown: (event) => event.key === "Enter" && card.check(item) });
  const follow = () => {
    const value = number(field.value);
    slider.value = value ?? (item.min + item.max) / 2;
    slider.classList.toggle("lq-untouched", value === null);
    spoken(value ?? "not chosen yet,");
  };
  follow();
  slider.addEventListener("input", follow);
  return h("div", { class: "lq-estimate" }, h("div", { class: "lq-typed" }, field, h("span", { html: item.unit })), slider,
    h("div", { class: "lq-ends", "aria-hidden": "true" }, h("span", {}, item.min), h("span", {}, item.max)));
}

function missingNumber(item, response) {
  const value = number(response);
  if (!response) return "Choose a number first.";
  if (value === null) return "Type a plain number such as 37.5 or 37,5, without a mark for thousands.";
  if (value < item.min || value > item.max) return `Choose a number from ${item.min} to ${item.max}.`;
}

function explainNumber(card, item, response, later) {
  if (later) return h("p", {}, "Your estimate: ", h("strong", {}, response, " "), h("span", { html: item.unit }));
  const { right } = mark(item, response);
  const value = number(response);
  const share = (at) => `${Math.min(100, Math.max(0, ((at - item.min) / (item.max - item.min)) * 100))}%`;
  const from = share(item.answer - item.tolerance);
  const band = `left:${from};width:calc(${share(item.answer + item.tolerance)} - ${from})`;
  const said = item.feedback[right ? "close" : value < item.answer ? "low" : "high"];
  return [h("div", { class: "lq-scale", "aria-hidden": "true" }, h("i", { class: "lq-band", style: band }),
    h("i", { class: "lq-true", style: `left:${share(item.answer)}` }),
    h("i", { class: `lq-mine ${right ? "right" : "wrong"}`, style: `left:${share(value)}` })),
  h("p", { class: "lq-both" }, h("span", {}, "You: ", h("strong", {}, response)),
    h("span", {}, "Found: ", h("strong", {}, item.answer, " "), h("span", { html: item.unit }))),
  h("div", { class: "lq-why", html: said })];
}

const nothing = (item, response) => (response === null ? "Choose an answer first." : "");
const gaps = (item, response) => {
  const open = response === null ? "all" : response.filter((i) => i === null).length;
  return open === "all" ? "Choose an answer first." : open ? `${many(open, "part")} still open: choose for each.` : "";
};

const KINDS = {
  one: { mark: (item, i) => markChosen(item, [i]), task: "Choose one.", draw: drawOptions, missing: nothing,
    explain: explainOptions },
  several: { mark: markChosen, task: "Choose all that are right.", draw: drawOptions, missing: nothing,
    explain: explainOptions },
  order: { mark: markOrder, task: "Put these in order, with the arrows or by dragging.", draw: drawOrder,
    missing: (item, response) => (response === null ? "Put the parts in order first." : ""), explain: explainOrder },
  match: { mark: markNamed, task: "Choose the partner of each.", draw: drawMatch, missing: gaps, explain: explainNamed },
  label: { mark: markNamed, task: "Name each numbered part.", draw: drawLabel, missing: gaps, explain: explainNamed },
  number: { mark: markNumber, task: "Move the slider or type a number.", draw: drawNumber, missing: missingNumber,
    explain: explainNumber },
};

// ---- The card ----

class Card {
  constructor(model, el) {
    this.model = model;
    for (const name of ["quiz", "title", "items", "plates"]) this[name] = model.get(name);
    this.later = model.get("feedback") === "later";
    this.memory = new Memory(this.quiz);
    this.prefix = `lq${Math.random().toString(36).slice(2, 8)}`;
    this.review = null;
    this.told = "";
    this.head = h("header", { class: "lq-head" });
    this.body = h("div", { class: "lq-body" });
    this.status = h("div", { class: "lq-say", role: "status", "aria-live": "polite" });
    this.after = h("div", { class: "lq-after" });
    this.foot = h("div", { class: "lq-foot" });
    this.note = h("p", { class: "lq-note", role: "status" });
    this.root = h("section", { class: "lumbar-quiz", "aria-label": this.title }, this.head, this.body, this.status,
      this.after, this.foot, this.note);
    el.replaceChildren(this.root);
    this.draw();
    this.pause = 4000;
    model.on("change:kept", () => this.receive(model.get("kept")));
    this.handOver();
  }

  // What is known of an item

  name(item) {
    return `${this.prefix}-${item.id}`;
  }

  order(item, count) {
    return shuffled(count, this.memory.now.seed, item.id);
  }

  /** A shuffled start that is not already the right order. */
  startOrder(item) {
    const order = this.order(item, item.parts.length);
    return mark(item, order).right ? [...order.slice(1), order[0]] : order;
  }

  /** This round's attempts on an item as it reads now, oldest first. @returns {Attempt[]} */
  tries(item, since = this.memory.now.since) {
    return [...this.memory.attempts.values()]
      .filter((a) => a.item === item.id && a.quiz === this.quiz && a.item_version === item.version && a.at > since)
      .sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  /** The answer that stands, if the question is not open. @returns {Attempt | undefined} */
  answer(item) {
    return this.memory.now.drafts[item.id]?.again ? undefined : this.tries(item).at(-1);
  }

  /** right, partly, wrong, kept (answered, not to be marked yet) or open */
  state(item, attempt = this.answer(item)) {
    if (!attempt) return "open";
    if (this.later) return "kept";
    const { score, right } = mark(item, attempt.response);
    return right ? "right" : score > 0 ? "partly" : "wrong";
  }

  changed(item) {
    return [...this.memory.attempts.values()].some((a) => a.item === item.id && a.quiz === this.quiz
      && a.item_version !== item.version) && !this.tries(item, "").length;
  }

  // Drawing

  draw() {
    const { at } = this.memory.now;
    this.drawHead();
    for (const part of [this.body, this.status, this.after, this.foot]) part.replaceChildren();
    this.status.className = "lq-say";
    this.shown = Date.now();
    const item = this.items[at];
    if (item) this.drawItem(item);
    else this.drawEnd();
    this.drawFoot();
    this.drawNote();
  }

  drawHead() {
    const { items, memory } = this;
    const done = items.filter((item) => this.answer(item)).length;
    const step = (item, i) => h("li", {}, h("button", { type: "button", class: `lq-step ${this.state(item)}`,
      "aria-label": `Question ${i + 1}: ${WORDS[this.state(item)]}`, "aria-current": i === memory.now.at && "step",
      onclick: () => this.go(i) }, i + 1, sign(this.state(item))));
    this.head.replaceChildren(
      h("div", { class: "lq-top" }, h("h3", {}, this.title), h("span", {}, `${done} of ${items.length} answered`)),
      h("div", { class: "lq-bar", role: "progressbar", "aria-label": "Questions answered", "aria-valuemin": 0,
        "aria-valuemax": items.length, "aria-valuenow": done }, h("i", { style: `width:${(done / items.length) * 100}%` })),
      h("nav", { "aria-label": "Questions" }, h("ol", { class: "lq-steps" }, items.map(step))));
  }

  drawItem(item) {
    const place = `Question ${this.memory.now.at + 1} of ${this.items.length}`;
    this.body.append(h("h4", { class: "lq-where", tabindex: -1 }, place));
    const attempt = this.answer(item);
    if (attempt) this.drawAnswered(item, attempt);
    else this.drawOpen(item);
  }

  drawOpen(item) {
    const draft = this.draft(item);
    const kind = KINDS[item.kind];
    const choose = (sure) => () => this.set(item, this.draft(item).response, sure);
    const radio = (sure, word) => h("label", { class: "lq-choice" }, h("input", { type: "radio", name: `${this.name(item)}-sure`,
      checked: draft.sure === sure, onchange: choose(sure) }), h("span", {}, word));
    this.checker = button(this.later ? "Keep my answer" : "Check", () => this.check(item), { class: "lq-button lq-main" });
    this.body.append(
      this.changed(item) && h("p", { class: "lq-quiet" }, "This question has changed since you answered it. Please answer it again."),
      h("fieldset", { class: "lq-question" }, h("legend", { class: "lq-ask", html: item.ask }),
        h("p", { class: "lq-quiet" }, kind.task), kind.draw(this, item, draft)),
      item.hint && h("details", { class: "lq-more" }, h("summary", {}, "Hint"), h("div", { html: item.hint })),
      h("div", { class: "lq-commit" }, h("fieldset", { class: "lq-sure" }, h("legend", {}, "How sure are you?"),
        radio(true, "Sure"), radio(false, "Not sure")), this.checker));
    this.ready(item);
  }

  drawAnswered(item, attempt) {
    const state = this.state(item);
    this.body.append(h("div", { class: "lq-ask", html: item.ask }),
      h("div", {}, KINDS[item.kind].explain(this, item, attempt.response, this.later)));
    this.status.className = `lq-say ${state}`;
    this.status.append(sign(state), h("span", {}, this.verdict(item, attempt, state)));
    this.after.append(!this.later && h("div", { class: "lq-explain", role: "group", "aria-label": "Explanation", tabindex: -1 },
      h("div", { html: item.why }), item.sources && cites(item.sources)),
    button(this.later ? "Change my answer" : "Try again", () => this.again(item)));
  }

  verdict(item, { response, sure }, state) {
    if (state === "kept") return "Kept. You will meet this question again.";
    if (state === "right") return sure ? "Right." : "Right, though you were not sure. Read on to make it firm.";
    const first = state === "partly" ? `Partly right: ${Math.round(mark(item, response).score * 100)} of 100 points.` : "Not quite.";
    return sure ? `${first} You were sure, so this one is worth a second look.` : first;
  }

  drawFoot() {
    const { at } = this.memory.now;
    const path = this.review ?? this.items.map((_, i) => i);
    const here = path.indexOf(at);
    if (at >= this.items.length) return;
    const next = path[here + 1];
    const answered = this.answer(this.items[at]);
    this.foot.append(
      button("← Previous", () => this.go(path[here - 1]), { disabled: here <= 0 }),
      button(next === undefined ? "See your result →" : "Next →", () => this.go(next ?? this.items.length),
        { class: answered ? "lq-button lq-main" : "lq-button" }));
  }

  drawEnd() {
    this.review = null;
    const at = (state) => this.items.filter((item) => this.state(item) === state);
    const [right, partly, wrong, kept, open] = ["right", "partly", "wrong", "kept", "open"].map(at);
    const count = this.later ? `${kept.length} of ${this.items.length} kept` : `${right.length} of ${this.items.length} right`;
    const first = this.items.filter((item) => this.tries(item).length && this.state(item, this.tries(item)[0]) === "right").length;
    const tally = Object.entries({ right, partly, wrong, kept, open }).filter(([, list]) => list.length)
      .map(([state, list]) => h("li", { class: state, style: `flex-grow:${list.length}` }, sign(state), ` ${list.length} ${WORDS[state]}`));
    this.body.append(h("h4", { class: "lq-where", tabindex: -1 }, "Your result"), h("p", { class: "lq-score" }, count),
      h("ul", { class: "lq-tally" }, tally),
      !this.later && first !== right.length && h("p", { class: "lq-quiet" }, `${first} right at the first try.`),
      this.later ? h("p", {}, "You will meet these questions again, and then see what is right.") : this.sureness());
    const misses = [...partly, ...wrong].map((item) => this.items.indexOf(item)).sort((a, b) => a - b);
    this.after.append(h("div", { class: "lq-row-of-buttons" },
      open.length > 0 && button(`Answer the ${many(open.length, "open question")}`, () => this.go(this.items.indexOf(open[0])), { class: "lq-button lq-main" }),
      misses.length > 0 && button(`Review your misses (${misses.length})`, () => this.reviewMisses(misses), { class: "lq-button lq-main" }),
      button("Back to the questions", () => this.go(0)),
      open.length < this.items.length && button("Start again", () => this.restart())),
    h("p", { class: "lq-quiet" }, "Starting again keeps your earlier answers in your history."));
  }

  /** What being sure was worth, judged by first tries. */
  sureness() {
    const firsts = this.items.map((item, i) => [this.tries(item)[0], item, i]).filter(([attempt]) => attempt);
    const pick = (sure, right) => firsts.filter(([a, item]) => a.sure === sure && mark(item, a.response).right === right);
    const [trap, firm, lucky] = [pick(true, false), pick(true, true), pick(false, true)];
    const links = trap.map(([, , i]) => button(`Question ${i + 1}`, () => this.go(i), { class: "lq-button lq-small" }));
    return h("div", { class: "lq-sureness" },
      trap.length > 0 && h("p", {}, h("strong", {}, `You were sure and wrong on ${trap.length}: look at these first.`), " ", links),
      lucky.length > 0 && h("p", {}, `You were not sure but right on ${lucky.length}: you know more than you think.`),
      firm.length > 0 && h("p", {}, `You were sure and right on ${firm.length}.`));
  }

  drawNote() {
    const unsaved = "This browser does not let the page save, so your answers last only until you close it.";
    this.note.textContent = this.told || (this.memory.fails && this.memory.waiting().length !== 0 ? unsaved : "")
      || (this.memory.fails && !this.memory.attempts.size ? unsaved : "");
  }

  say(text) {
    this.status.className = "lq-say";
    this.status.textContent = text;
  }

  // Acting

  /** @returns {Draft} */
  draft(item) {
    return this.memory.now.drafts[item.id] ?? { response: null };
  }

  set(item, response, sure = this.draft(item).sure) {
    const draft = (this.memory.now.drafts[item.id] ??= {});
    Object.assign(draft, { response, sure });
    this.memory.save();
    this.say("");
    this.ready(item);
  }

  /** What Check still needs, as a plain sentence; "" when it can go ahead. */
  missing(item) {
    const { response, sure } = this.draft(item);
    return KINDS[item.kind].missing(item, response) || (sure === undefined ? "How sure are you? Choose one, then check." : "");
  }

  ready(item) {
    this.checker.setAttribute("aria-disabled", String(Boolean(this.missing(item))));
  }

  check(item) {
    const problem = this.missing(item);
    if (problem) return this.say(problem);
    const { response, sure } = this.draft(item);
    this.memory.keep({ id: uuid(), learner: "", item: item.id, item_version: item.version, quiz: this.quiz, response, sure,
      score: mark(item, response).score, ms: Date.now() - this.shown, at: new Date().toISOString() });
    delete this.memory.now.drafts[item.id];
    this.memory.save();
    this.draw();
    (this.after.querySelector("[tabindex]") ?? this.foot.lastChild).focus({ preventScroll: true });
    this.handOver();
  }

  again(item) {
    const last = this.answer(item).response;
    const clear = !this.later && ["one", "several"].includes(item.kind);
    this.memory.now.drafts[item.id] = { response: clear ? null : last, again: true };
    this.memory.save();
    this.go(this.memory.now.at);
  }

  go(at) {
    this.memory.now.at = at;
    this.memory.save();
    this.draw();
    const heading = this.body.querySelector(".lq-where");
    heading.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "nearest" });
  }

  reviewMisses(misses) {
    for (const i of misses) this.memory.now.drafts[this.items[i].id] = { response: null, again: true };
    this.review = misses;
    this.go(misses[0]);
  }

  restart() {
    Object.assign(this.memory.now, { since: new Date().toISOString(), drafts: {} });
    this.go(0);
  }

  // Keeping

  async handOver() {
    if (this.asking) return;
    this.asking = true;
    const attempts = this.memory.waiting().map(({ kept, ...attempt }) => attempt);
    const answer = await exchange(this.model, { attempts, items: this.items.map((item) => item.id) });
    this.asking = false;
    if (answer) this.receive(answer);
    if (answer && !this.memory.waiting().length) return;
    clearTimeout(this.timer);
    this.pause = Math.min(this.pause * 2, 120000);
    if (this.root.isConnected) this.timer = setTimeout(() => this.handOver(), answer ? 500 : this.pause);
  }

  receive({ kept = [], refused = [], history = [], note = "" }) {
    for (const id of [...kept, ...refused.map((entry) => entry.id)]) {
      const attempt = this.memory.attempts.get(id);
      if (attempt && !attempt.kept) this.memory.keep({ ...attempt, kept: true });
    }
    const news = history.filter((attempt) => !this.memory.attempts.has(attempt.id));
    for (const attempt of news) this.memory.add({ ...attempt, kept: true });
    this.told = note;
    const busy = this.body.contains(document.activeElement) || this.after.contains(document.activeElement);
    if (news.length && !busy && !this.memory.now.drafts[this.items[this.memory.now.at]?.id]) this.draw();
    else if (news.length && !this.head.contains(document.activeElement)) this.drawHead();
    this.drawNote();
  }

  leave() {
    clearTimeout(this.timer);
  }
}

const cites = (sources) => h("p", { class: "lq-sources" }, "Sources: ", sources.map(([name, url], i) =>
  [i > 0 && ", ", url ? h("a", { href: url, target: "_blank", rel: "noopener" }, name) : name]));

const uuid = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
  (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

/** What the host calls to show one quiz. */
export function render({ model, el }) {
  const card = new Card(model, el);
  return () => card.leave();
}
