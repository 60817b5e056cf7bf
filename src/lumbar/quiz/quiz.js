/**
 * The quiz: one card that asks, marks and explains, without a kernel, a framework or a request.
 *
 * Marking · tools · memory (this browser) · handing over (the kernel) · the six kinds · the card.
 * The texts of an item are HTML that `texts.py` has made safe; everything else is set as text.
 *
 * @typedef {{id: string, version: string, kind: string, ask: string, hint?: string, why: string,
 *   sources?: [string, string?][], options?: object[], parts?: object[], pairs?: object[], decoys?: string[],
 *   plate?: string, answer?: number, unit?: string, min?: number, max?: number, step?: number}} Item
 * @typedef {{score: number, right: boolean, answered: boolean, notes: boolean[]}} Mark
 * @typedef {{id: string, learner: string, item: string, item_version: string, quiz: string, response: any,
 *   sure: boolean, score: number, ms: number, at: string, kept?: boolean}} Attempt
 * @typedef {{response: any, sure?: boolean, again?: boolean}} Draft  `again`: it replaces an answer
 */

// ---- Marking: as grade.py does it; tests/marking/cases.json holds the two together ----

const NUMBER = /^[+\-−]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)$/;
const THOUSANDS = /^[+\-−]?[1-9][0-9]{0,2}[.,][0-9]{3}$/;

/** The number typed, with a decimal point or comma; null where it is not plainly one ("1,200" could be 1200 or 1.2). */
export function number(text) {
  const typed = typeof text === 'string' ? text.replace(/^ +| +$/g, '') : '';
  return NUMBER.test(typed) && !THOUSANDS.test(typed) ? Number(typed.replace(',', '.').replace('−', '-')) : null;
}

const areIndices = (values, count) =>
  Array.isArray(values) && values.every((value) => Number.isInteger(value) && value >= 0 && value < count);
const marked = (score, notes) => ({ score, right: score === 1, answered: true, notes });
const rightNames = (item) => item.pairs?.map((pair) => pair.right) ?? item.parts.map((part) => part.text);
const allNames = (item) => [...rightNames(item), ...(item.decoys ?? [])];

function markChosen({ options }, response) {
  if (!areIndices(response, options.length) || !response.length) return null;
  const gained = [...new Set(response)].reduce((sum, i) => sum + (options[i].right ? 1 : -1), 0);
  const notes = options.map(({ right }, i) => Boolean(right) === response.includes(i));
  return marked(Math.max(0, gained) / options.filter((option) => option.right).length, notes);
}

function markOrder({ parts }, response) {
  const { length } = parts;
  if (!areIndices(response, length) || response.length !== length || new Set(response).size !== length) return null;
  const texts = parts.map((part) => part.text);
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
  const offered = allNames(item);
  if (!Array.isArray(response) || response.length !== wanted.length || response.every((i) => i === null)) return null;
  if (!areIndices(response.filter((i) => i !== null), offered.length)) return null;
  const notes = response.map((i, place) => i !== null && offered[i] === wanted[place]);
  return marked(notes.filter(Boolean).length / notes.length, notes);
}

function markNumber({ answer, min, max, tolerance, zero_at }, response) {
  const value = number(response);
  if (value === null || value < min || value > max) return null;
  const beyond = Math.abs(value - answer) - tolerance;
  const score = beyond < 1e-9 ? 1 : Math.max(0, 1 - beyond / (zero_at - tolerance));
  return marked(score, [score === 1]);
}

/** Mark a response; what is no answer at all is not answered and scores 0. @returns {Mark} */
export function mark(item, response) {
  return KINDS[item.kind].mark(item, response) ?? { score: 0, right: false, answered: false, notes: [] };
}

// ---- Tools ----

/**
 * Make an element: `h("p.quiet", {title: "…"}, "text")` has the class `lq-quiet`. `html` sets safe HTML, `on…` listens.
 * Everything that can have the focus is kept from JupyterLab's shortcuts, which would act on the cells.
 */
export function h(selector, ...children) {
  const [tag, ...classes] = selector.split('.');
  const node = document.createElement(tag);
  if (tag === 'button') node.type = tag;
  if (classes.length) node.className = classes.filter(Boolean).map((name) => `lq-${name}`).join(' ');
  const props = children[0]?.constructor === Object ? children.shift() : {};
  for (const [name, value] of Object.entries(props)) {
    if (name === 'html') node.innerHTML = value;
    else if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) node.setAttribute(name, value);
  }
  put(node, children);
  for (const each of [node, ...node.querySelectorAll('a')]) {
    if (each.matches('a')) each.target = '_blank';
    if (each.matches('a, button, input, select, summary, [tabindex]')) each.dataset.lmSuppressShortcuts = 'true';
  }
  return node;
}

/** Append what is there to append. */
const put = (node, ...children) => node.append(...children.flat(3).filter((child) => child || child === 0));
export const button = (text, onclick, look = '') => h(`button.button.${look}`, { onclick }, text);
export const plain = (html) => h('i', { html }).textContent;
const LATER = 'What is right comes later in the course.';
const WORDS = { right: 'right', partly: 'partly right', wrong: 'not right yet', kept: 'answered', open: 'open' };
const SIGNS = { right: '✓', partly: '◑', wrong: '✕', kept: '●' };
const sign = (state) => h(`span.sign.${state}`, SILENT, SIGNS[state]);
const place = (i) => h('span.place', i + 1);

const rich = (html) => h('span', { html });
const SILENT = { 'aria-hidden': true }; // seen, and not read out

const dice = () => (Math.random() * 2 ** 31) | 0;

/** 0 … count−1 shuffled, always the same for one seed and name: in the order of their hashes (FNV-1a). */
function shuffled(count, seed, name) {
  const hash = (i) => [...`${i}${name}${seed}`].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(), 0x1000193), -0x7ee3623b);
  return [...Array(count).keys()].sort((a, b) => hash(a) - hash(b));
}

// ---- Memory: what this browser keeps ----

const ATTEMPT = 'lumbar:attempt:';

/** All attempts, and what is under way in one quiz. Works on in memory where the browser stores nothing. */
export class Memory {
  constructor(quiz) {
    this.key = `lumbar:quiz:${quiz}`;
    /** @type {Map<string, Attempt>} */ this.attempts = new Map();
    /** @type {{seed: number, at: number, since: string, drafts: Record<string, Draft>}} */
    this.now = { seed: dice(), at: 0, since: '', drafts: {} };
    try {
      Object.assign(this.now, read(this.key));
      for (const key of Object.keys(localStorage)) if (key.startsWith(ATTEMPT)) this.add(read(key));
    } catch {
      this.fails = true;
    }
    this.save();
  }

  add(attempt) {
    if (attempt?.id) this.attempts.set(attempt.id, attempt);
  }

  keep(attempt) {
    this.add(attempt);
    this.write(ATTEMPT + attempt.id, attempt);
    dispatchEvent(new Event('lumbar')); // lesson 13 looks on
  }

  save() {
    this.write(this.key, this.now);
  }

  write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      this.fails = true;
    }
  }

  /** Attempts that no kernel has kept yet. */
  waiting() {
    return [...this.attempts.values()].filter((attempt) => !attempt.kept);
  }
}

function read(key) {
  const text = localStorage.getItem(key);
  try {
    return JSON.parse(text);
  } catch {
    return null; // a spoilt entry must not stop the quiz
  }
}

// ---- Handing over: the kernel keeps attempts in the learner's progress file ----

const PATIENCE = 15000; // for an answer, which a lost connection swallows, and then until the next try

/** Ask a module of the course's, by its own `exchange`; "progress" stores attempts. Its answer, or null where nobody is there to give one. */
export async function exchange(model, request, module = 'progress') {
  const manager = model.widget_manager;
  if (manager && 'kernel' in manager) return manager.kernel && askKernel(manager.kernel, request, module);
  if (request.attempts.length) {
    model.set('outbox', { ...request, at: Date.now() });
    model.save_changes();
  }
  return null; // the answer comes as a change of `kept`
}

async function askKernel(kernel, request, module) {
  const python = (name) => `__import__("lumbar.${name}").${name}`;
  const literal = JSON.stringify(JSON.stringify(request)); // a JSON string is a Python string, too
  // `Output` so that the answer comes back as it is, not as Python would quote it.
  const lumbar = `${python("output")}.Output("", ${python(module)}.exchange(${literal}))`;
  try {
    const asked = kernel.requestExecute({ code: '', silent: true, store_history: false, user_expressions: { lumbar } });
    const reply = await Promise.race([asked.done, new Promise((go) => setTimeout(go, PATIENCE))]);
    return JSON.parse(reply.content.user_expressions.lumbar.data['text/plain']);
  } catch {
    return null; // dead, restarting, cut off, or without the course: the attempts wait
  }
}

// ---- The six kinds: how each is drawn while open, what Check still needs, and how an answer is explained ----

function drawOptions(card, item) {
  const several = item.kind === 'several';
  const chosen = [card.draft(item).response].flat();
  const choose = (i, event) => {
    if (!several) return card.set(item, i);
    const now = (card.draft(item).response ?? []).filter((other) => other !== i);
    if (event.target.checked) now.push(i);
    card.set(item, now.length ? now.sort((a, b) => a - b) : null);
  };
  return h('div.list', card.order(item, item.options.length).map((i) => h('label.option',
    h('input', { type: several ? 'checkbox' : 'radio', name: card.name(item), checked: chosen.includes(i),
      onchange: (event) => choose(i, event) }),
    rich(item.options[i].text))));
}

/** Each option with what was chosen and what is right; when marking comes later, the choice alone. */
function explainOptions(card, item, response) {
  const chosen = [response].flat();
  const others = [];
  const row = (i) => {
    const { text, right, feedback: told } = item.options[i];
    const mine = chosen.includes(i);
    const feedback = mine ? told : told.replace(/^Yes[.,] (.)/, (yes, first) => first.toUpperCase()); // who did not choose it
    const missed = right && !mine && item.kind === 'several';
    if (!mine && !missed) others.push(h('li', h('b', { html: text }), h('div', { html: feedback })));
    const said = card.later ? mine && 'Your answer' : mine ? `Your answer: ${right ? "right" : "not right"}`
      : missed ? 'Right, and not chosen' : right && 'The right answer';
    const state = card.later ? (mine ? 'kept' : 'open') : right ? 'right' : mine ? 'wrong' : 'open';
    return h(`li.option.${state}.${mine && "mine"}`, sign(state), h('div', said && h('span.tag', said),
      h('div', { html: text }), !card.later && (mine || missed) && h('div.why', { html: feedback })));
  };
  return [h('ul.list', card.order(item, item.options.length).map(row)),
    !card.later && others.length > 0 && h('details.more', h('summary', 'About the other options'), h('ul', others))];
}

/** Parts with buttons to move them and a grip to drag them by. */
function drawOrder(card, item) {
  const list = h('ol.list.order');
  const settle = (row) => {
    const rows = [...list.children];
    card.set(item, rows.map((each) => Number(each.dataset.part)));
    card.say(`“${row.children[1].textContent}” is now ${rows.indexOf(row) + 1} of ${rows.length}.`);
  };
  const move = (row, up, control) => {
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    row[up ? 'after' : 'before'](other);
    control.focus();
    settle(row);
  };
  const draw = (i) => {
    const { text } = item.parts[i];
    const mover = (up, arrow) => h('button.move', { 'aria-label': `Move ${up ? "up" : "down"}: ${plain(text)}`,
      onclick: (event) => move(row, up, event.currentTarget) }, arrow);
    const grip = h('span.grip', { 'aria-hidden': true, onpointerdown: (event) => drag(row, grip, event, settle) }, '⠿');
    const row = h('li.option', { 'data-part': i }, grip, h('span.text', { html: text }), mover(true, '↑'), mover(false, '↓'));
    return row;
  };
  put(list, (card.draft(item).response ?? card.startOrder(item)).map(draw));
  return list;
}

/** Follow the pointer. The neighbours move round the row, since moving the row itself would lose the pointer. */
function drag(row, grip, start, settle) {
  const middleOf = (other) => other.getBoundingClientRect().top + other.offsetHeight / 2;
  start.preventDefault();
  grip.setPointerCapture(start.pointerId);
  row.classList.add('lq-dragged');
  grip.onpointermove = ({ clientY }) => {
    let other;
    while ((other = row.nextElementSibling) && clientY > middleOf(other)) row.before(other);
    while ((other = row.previousElementSibling) && clientY < middleOf(other)) row.after(other);
  };
  grip.onlostpointercapture = () => {
    grip.onpointermove = null;
    row.classList.remove('lq-dragged');
    settle(row);
  };
}

function explainOrder(card, item, response) {
  const { notes, right } = mark(item, response);
  return [
    h('ol.list', response.map((i, at) =>
      result(card, notes[at], [place(at), rich(item.parts[i].text)], item.parts[i].feedback))),
    !card.later && !right && h('div', h('h5', 'The right order'), h('ol.answer', item.parts.map(({ text }) => h('li', { html: text })))),
  ];
}

/** One line of a result: right or not, what stands there, and the feedback where it is not right. */
function result(card, right, content, feedback) {
  const state = card.later ? 'kept' : right ? 'right' : 'wrong';
  return h(`li.option.${state}.${state === "wrong" && "mine"}`, sign(state), h('div', h('span.hidden', `${WORDS[state]}: `), content,
    state === 'wrong' && h('div.why', { html: feedback })));
}

/** What a row asks about: a left side, or a part with its number. */
const asked = ({ plate }, part, at) => [plate && place(at), rich(part.left ?? part.where)];

/** A row for each left side or part: a select with every name on offer, shuffled, equal ones once. */
function drawNamed(card, item) {
  const names = allNames(item);
  const offered = card.order(item, names.length).filter((i) => names.indexOf(names[i]) === i);
  const given = card.draft(item).response;
  const long = (i) => (names[i]?.length > 30 ? plain(names[i]) : ''); // shown whole where a select would cut it off
  const choose = (at, { target }) => {
    const response = [...(card.draft(item).response ?? rightNames(item).map(() => null))];
    response[at] = target.value === '' ? null : Number(target.value);
    target.parentNode.title = long(response[at]);
    card.set(item, response.every((i) => i === null) ? null : response);
  };
  const row = (part, at) => h('div.pair', { title: long(given?.[at]) }, h('div', asked(item, part, at)),
    h('select', { 'aria-label': item.plate ? partName(part, at) : plain(part.left), onchange: (event) => choose(at, event) },
      h('option', { value: '' }, 'Choose'),
      offered.map((i) => h('option', { value: i, selected: i === given?.[at] }, plain(names[i])))));
  return [item.plate && drawPlate(card, item), h('div', (item.pairs ?? item.parts).map(row))];
}

function explainNamed(card, item, response) {
  const names = allNames(item);
  const { notes } = mark(item, response);
  const row = (part, at) => result(card, notes[at], [asked(item, part, at), ' → ',
    !card.later && !notes[at] && [h('span.hidden', 'you chose '), h('s', { html: names[response[at]] }), ' '],
    h('b', { html: names[card.later ? response[at] : at] })], part.feedback);
  return [item.plate && drawPlate(card, item, notes), h('ol.list', (item.pairs ?? item.parts).map(row))];
}

const partName = (part, at) => `Part ${at + 1}: ${plain(part.where)}`;

/** The plate with a numbered marker on each part; a marker leads to its select, or shows whether it was named rightly. */
export function drawPlate(card, item, notes) {
  const picture = h('div.plate', h('div', { html: card.plates[item.plate], 'aria-hidden': true }));
  const markers = item.parts.map((part, i) => {
    const state = card.later ? 'kept' : notes?.[i] ? 'right' : 'wrong';
    if (notes) return h(`span.marker.${state}`, SILENT, h('b', i + 1, sign(state)));
    const choose = () => card.body.querySelectorAll('select')[i].focus();
    return h('button.marker', { 'aria-label': partName(part, i), onclick: choose }, h('b', i + 1));
  });
  put(picture, markers);
  // Also tells when the picture is first laid out; before that there are no positions.
  new ResizeObserver(() => item.parts.forEach(({ part }, i) => {
    const [left, top] = middle(picture.querySelector(`[id="${item.plate}-${part}"]`), picture);
    Object.assign(markers[i].style, { left, top });
  })).observe(picture);
  return picture;
}

/** CSS left and top of a part: its middle, or the point nearest to that inside its outline. */
function middle(part, picture) {
  const shape = part?.querySelector('path') ?? part;
  const frame = picture.getBoundingClientRect();
  if (!shape || !frame.width) return [];
  const { x, y, width, height } = shape.getBBox();
  const shares = [...Array(81).keys()].map((i) => [(i % 9) / 8 - 0.5, Math.floor(i / 9) / 8 - 0.5]);
  const points = shares.sort((a, b) => Math.hypot(...a) - Math.hypot(...b))
    .map(([u, v]) => new DOMPoint(x + (u + 0.5) * width, y + (v + 0.5) * height));
  const inside = points.find((point) => shape.isPointInFill(point)) ?? points[0];
  const at = inside.matrixTransform(shape.getScreenCTM());
  return [`${at.x - frame.left}px`, `${at.y - frame.top}px`];
}

/** A slider and a text field that follow each other; what is typed stays as typed. */
function drawNumber(card, item) {
  const { min, max, step, unit } = item;
  const follow = () => {
    const value = number(field.value);
    slider.value = value ?? (min + max) / 2;
    slider.classList.toggle('lq-untouched', value === null);
    slider.setAttribute('aria-valuetext', value === null ? 'not chosen yet' : `${field.value} ${plain(unit)}`);
  };
  const change = () => {
    follow();
    card.set(item, field.value.trim() ? field.value : null);
  };
  const slide = () => {
    field.value = slider.value;
    change();
  };
  const slider = h('input', { type: 'range', min, max, step, 'aria-label': 'Estimate on a scale', oninput: slide });
  const field = h('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off', value: card.draft(item).response,
    'aria-label': `Your estimate, ${plain(unit)}`, oninput: change, onkeydown: ({ key }) => key === 'Enter' && card.check(item) });
  follow();
  return [h('div.typed', field, rich(unit)), slider,
    h('div.ends', SILENT, h('span', min), h('span', max))];
}

function missingNumber({ min, max }, response) {
  const value = number(response);
  if (value === null) return 'Type a number such as 37.5 or 37,5.';
  return value < min || value > max ? `Choose a number from ${min} to ${max}.` : '';
}

function explainNumber(card, item, response) {
  const { answer, min, max, unit, feedback } = item;
  const given = ['You: ', h('b', response, ' '), rich(unit)];
  if (card.later) return h('p', given);
  const { right } = mark(item, response);
  const left = (at) => ({ style: `left:${Math.min(100, Math.max(0, ((at - min) / (max - min)) * 100))}%` });
  return [h('div.scale', SILENT, h('i.true', left(answer)), h(`i.guess.${right ? "right" : "wrong"}`, left(number(response)))),
    h('p.ends', h('span', given), h('span', 'Found: ', h('b', answer, ' '), rich(unit))),
    h('div.why', { html: feedback[right ? 'close' : number(response) < answer ? 'low' : 'high'] })];
}

const missingNames = (item, response) => response.includes(null) && 'Choose one for each.';

const CHOICE = { draw: drawOptions, explain: explainOptions };
const NAMED = { mark: markNamed, draw: drawNamed, missing: missingNames, explain: explainNamed };
export const KINDS = {
  one: { ...CHOICE, mark: (item, i) => markChosen(item, [i]), task: 'Choose one.' },
  several: { ...CHOICE, mark: markChosen, task: 'Choose all that are right.' },
  order: { mark: markOrder, draw: drawOrder, explain: explainOrder, task: 'Put these in order, with the arrows or by dragging.' },
  match: { ...NAMED, task: 'Choose one for each.' },
  label: { ...NAMED, task: 'Name each numbered part.' },
  number: { mark: markNumber, draw: drawNumber, missing: missingNumber, explain: explainNumber,
    task: 'Move the slider or type a number.' },
};

// ---- The card ----

export class Card {
  constructor(model, el) {
    this.model = model;
    for (const name of ['quiz', 'title', 'plates']) this[name] = model.get(name);
    this.items = JSON.parse(model.get('items'));
    this.later = model.get('feedback') === 'later';
    this.memory = model.memory ?? new Memory(this.quiz); // a class keeps votes elsewhere
    this.now = this.memory.now;
    this.prefix = `lq${dice()}`;
    for (const name of ['head', 'body', 'after', 'foot']) this[name] = h(`div.${name}`);
    this.status = h('div.say', { role: 'status' });
    this.note = h('p.note.partly', { role: 'status' });
    this.root = h('section', { class: 'lumbar-quiz', 'aria-label': this.title },
      this.head, this.body, this.status, this.after, this.foot, this.note);
    el.replaceChildren(this.root);
    this.draw();
    model.on('change:kept', () => this.receive(model.get('kept')));
    this.handOver();
  }

  // What is known of an item

  name(item) {
    return `${this.prefix}-${item.id}`;
  }

  order(item, count) {
    return shuffled(count, this.now.seed, item.id);
  }

  /** A shuffled start that is not already the right order. */
  startOrder(item) {
    const order = this.order(item, item.parts.length);
    return mark(item, order).right ? [...order.slice(1), order[0]] : order;
  }

  /** All attempts on an item, oldest first. @returns {Attempt[]} */
  attempts(item) {
    return [...this.memory.attempts.values()].filter((a) => a.item === item.id).sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  /** Those of this quiz and round, on the item as it reads now. */
  tries(item) {
    return this.attempts(item).filter((a) => a.quiz === this.quiz && a.item_version === item.version && a.at > this.now.since);
  }

  /** The answer that stands, if the question is not open. @returns {Attempt | undefined} */
  answer(item) {
    return this.draft(item).again ? undefined : this.tries(item).at(-1);
  }

  /** "right", "partly", "wrong", "kept" (answered, not to be marked yet) or "open" */
  state(item) {
    const attempt = this.tries(item).at(-1);
    if (!attempt || this.later) return attempt ? 'kept' : 'open';
    const { score, right } = mark(item, attempt.response);
    return right ? 'right' : score > 0 ? 'partly' : 'wrong';
  }

  /** @returns {Draft} */
  draft(item) {
    return this.now.drafts[item.id + item.version] ?? { response: null };
  }

  setDraft(item, draft) {
    this.now.drafts[item.id + item.version] = draft;
    this.memory.save();
  }

  // Drawing

  draw() {
    this.drawHead();
    this.drawBody();
  }

  drawBody() {
    for (const part of [this.body, this.after, this.foot]) part.replaceChildren();
    this.say('');
    this.shown = Date.now();
    const item = this.items[this.now.at];
    if (item) this.drawItem(item);
    else this.drawEnd();
    this.drawNote();
  }

  drawHead() {
    const states = this.items.map((item) => this.state(item));
    const { length } = states;
    const done = states.filter((state) => state !== 'open').length;
    const step = (state, i) => h('li', h(`button.step.${state}`, { onclick: () => this.go(i),
      'aria-label': `Question ${i + 1}: ${WORDS[state]}`, 'aria-current': i === this.now.at && 'step' }, i + 1, sign(state)));
    this.head.replaceChildren(h('div.ends', h('h3', this.title), h('span', `${done} of ${length} answered`)),
      h('progress', { 'aria-label': 'Questions answered', max: length, value: done }),
      h('nav', { 'aria-label': 'Questions' }, h('ol.steps', states.map(step))));
  }

  drawItem(item) {
    const attempt = this.answer(item);
    put(this.body, h('h4.quiet', { tabindex: -1 }, `Question ${this.now.at + 1} of ${this.items.length}`));
    if (attempt) this.drawAnswered(item, attempt);
    else this.drawOpen(item);
    const path = this.review?.includes(this.now.at) ? this.review : [...this.items.keys()];
    const here = path.indexOf(this.now.at);
    const next = path[here + 1];
    put(this.foot, h('span', here > 0 && button('← Previous', () => this.go(path[here - 1]))),
      button(next === undefined ? 'See your result →' : 'Next →', () => this.go(next ?? this.items.length), attempt && 'main'));
  }

  drawOpen(item) {
    const { draw, task } = KINDS[item.kind];
    const past = this.attempts(item);
    const changed = past.length > 0 && !past.some((a) => a.item_version === item.version);
    const radio = (sure, word) => h('label.choice', h('input', { type: 'radio', name: `${this.name(item)}-sure`,
      checked: this.draft(item).sure === sure, onchange: () => this.set(item, this.draft(item).response, sure) }), word);
    this.checker = button(this.later ? 'Keep my answer' : 'Check', () => this.check(item), 'main');
    put(this.body,
      changed && h('p.quiet', 'This question has changed since you answered it.'),
      h('fieldset.question', h('legend.ask', { html: item.ask }), h('p.quiet', task), draw(this, item)),
      item.hint && !this.later && h('details.more', h('summary', 'Hint'), h('div', { html: item.hint })),
      h('div.commit', h('fieldset', h('legend.quiet', 'How sure are you?'), radio(true, 'Sure'), radio(false, 'Not sure')), this.checker));
    this.ready(item);
  }

  drawAnswered(item, attempt) {
    const state = this.state(item);
    const [first] = this.tries(item);
    const before = this.attempts(item).filter((a) => a.quiz !== this.quiz && a.item_version === item.version && a.at < first.at).at(-1);
    put(this.body, h('div.ask', { html: item.ask }), h('div.question', KINDS[item.kind].explain(this, item, attempt.response)));
    this.say(this.verdict(item, attempt, state), state);
    put(this.after, !this.later && h('div.explain', { role: 'group', 'aria-label': 'Explanation', tabindex: -1 },
      h('div', { html: item.why }),
      before && h('p.quiet', `Before the lesson, your answer was ${mark(item, before.response).right ? "right" : "not right yet"}.`),
      item.sources && h('p.quiet', 'Sources: ', item.sources.map(([name, href], i) => [i > 0 && ', ', href ? h('a', { href }, name) : name]))),
    button(this.later ? 'Change my answer' : 'Try again', () => this.again(item)));
  }

  verdict(item, { response, sure }, state) {
    if (state === 'kept') return `Kept. ${LATER}`;
    if (state === 'right') return sure ? 'Right.' : 'Right, though you were not sure.';
    const points = Math.round(mark(item, response).score * 100);
    return (state === 'partly' ? `Partly right: ${points} of 100 points.` : 'Not quite.')
      + (sure ? ' You were sure, so look at it again.' : '');
  }

  drawEnd() {
    this.review = null;
    const all = [...this.items.keys()];
    const among = (...states) => all.filter((i) => states.includes(this.state(this.items[i])));
    const [misses, open, done] = [among('partly', 'wrong'), among('open'), among(this.later ? 'kept' : 'right')];
    put(this.body, h('h4.quiet', { tabindex: -1 }, 'Your result'),
      h('p.score', `${done.length} of ${all.length} ${this.later ? "kept" : "right"}`),
      h('ul.steps', Object.keys(WORDS).map((state) => among(state).length > 0
        && h(`li.tally.${state}`, sign(state), ` ${among(state).length} ${WORDS[state]}`))),
      this.later ? h('p', LATER) : this.sureness());
    put(this.after, h('div.steps',
      open.length > 0 && button(`Answer what is open (${open.length})`, () => this.go(open[0]), 'main'),
      misses.length > 0 && button(`Review your misses (${misses.length})`, () => this.reviewMisses(misses), 'main'),
      button('Start again', () => this.restart())));
  }

  /** What being sure was worth, judged by first tries. */
  sureness() {
    const firsts = [...this.items.entries()].flatMap(([i, item]) => this.tries(item).slice(0, 1).map((a) => [i, a.sure, mark(item, a.response).right]));
    const pick = (...wanted) => firsts.filter(([, sure, right]) => sure === wanted[0] && right === wanted[1]);
    const [trap, luck] = [pick(true, false), pick(false, true)];
    return [
      trap.length > 0 && h('p', h('b', `At first you were sure and wrong on ${trap.length}: look at these again.`)),
      h('div.steps', trap.map(([i]) => button(`Question ${i + 1}`, () => this.go(i)))),
      luck.length > 0 && h('p', `You were not sure, yet right, on ${luck.length}: you know more than you think.`)];
  }

  drawNote() {
    const { fails, attempts } = this.memory;
    const lost = fails && (!attempts.size || this.memory.waiting().length);
    this.note.textContent = this.told
      || (lost ? 'This browser cannot save here: your answers last until you close it.' : '');
  }

  /** Tell all, also those who listen: a sentence, or a verdict with its sign. */
  say(text, state = '') {
    this.status.className = `lq-say lq-${state}`;
    this.status.replaceChildren();
    put(this.status, state && sign(state), text && h('span', text));
  }

  // Acting

  set(item, response, sure = this.draft(item).sure) {
    this.setDraft(item, { ...this.draft(item), response, sure });
    this.say('');
    this.ready(item);
  }

  /** What Check still needs, as a plain sentence; "" when it can go ahead. */
  missing(item) {
    const { response, sure } = this.draft(item);
    if (response === null) return 'Give an answer first.';
    return KINDS[item.kind].missing?.(item, response) || (sure === undefined ? 'Choose how sure you are.' : '');
  }

  ready(item) {
    this.checker.classList.toggle('lq-waiting', Boolean(this.missing(item)));
  }

  check(item) {
    const problem = this.missing(item);
    if (problem) return this.say(problem);
    const { response, sure } = this.draft(item);
    // `randomUUID` is there only on https and localhost, and a school's server may be neither.
    const id = crypto.randomUUID?.() ?? `${Date.now()}${Math.random()}`;
    this.memory.keep({ id, learner: '', item: item.id, item_version: item.version, quiz: this.quiz, response, sure,
      score: mark(item, response).score, ms: Date.now() - this.shown, at: new Date().toISOString() });
    this.setDraft(item);
    this.drawBody();
    const next = this.after.querySelector('[tabindex]') ?? this.foot.lastChild;
    // The feedback first: a focus lays the whole page out, and handing over writes to the kernel.
    setTimeout(() => {
      this.drawHead();
      next.focus({ preventScroll: true });
      this.status.scrollIntoView({ block: 'nearest' });
      this.handOver();
    });
  }

  /** Open an answered question again; what takes work to lay out stays as it was laid out. */
  again(item) {
    const { response } = this.answer(item);
    this.setDraft(item, { response: item.options && !this.later ? null : response, again: true });
    this.go(this.now.at);
  }

  go(at) {
    this.now.at = at;
    this.memory.save();
    this.draw();
    this.body.querySelector('h4').focus();
  }

  reviewMisses(misses) {
    for (const i of misses) this.setDraft(this.items[i], { response: null, again: true });
    this.review = misses;
    this.go(misses[0]);
  }

  restart() {
    Object.assign(this.now, { since: new Date().toISOString(), drafts: {}, seed: dice() });
    this.go(0);
  }

  // Keeping

  async handOver() {
    const attempts = this.memory.waiting().map(({ kept, ...attempt }) => attempt);
    const answer = await exchange(this.model, { attempts, items: this.items.map((item) => item.id) });
    if (answer) this.receive(answer);
    if (this.over || (answer && !this.memory.waiting().length)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.handOver(), PATIENCE); // also while JupyterLab has it off the screen
  }

  /** Take in what Python says: what it has kept, and what was answered elsewhere. */
  receive({ kept, refused, history, note }) {
    for (const id of [...kept, ...refused.map((entry) => entry.id)]) {
      const attempt = this.memory.attempts.get(id);
      if (attempt) this.memory.keep({ ...attempt, kept: true });
    }
    const news = history.filter(({ id }) => !this.memory.attempts.has(id));
    for (const attempt of news) this.memory.add({ ...attempt, kept: true });
    this.told = note;
    const item = this.items[this.now.at];
    const busy = this.root.contains(document.activeElement) || (item && this.draft(item).response !== null);
    if (news.length && !busy) this.draw();
    this.drawNote();
  }
}

/** What the host calls to show one quiz; `fresh` begins a new round. */
export function render({ model, el, fresh }) {
  const card = new Card(model, el);
  if (fresh) card.restart();
  return () => { card.over = true; };
}
