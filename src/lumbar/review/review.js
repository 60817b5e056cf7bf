/**
 * The end of the course: results · review · plan. The quiz's own front end reads what this browser keeps, talks to the
 * kernel and asks the questions that are due. A host without a kernel may work these out itself, as `model.schedule`.
 *
 * @typedef {{before: [string, string], after: [string, string], claims: string, lesson: string, file: string}} Pair
 */

const SIGNS = { right: ['✓', 'right'], partly: ['◑', 'partly right'], wrong: ['✕', 'not right'], open: ['–', 'no answer'] };
const isRight = (attempt) => attempt.score === 1;
const fill = (node, ...parts) => node.replaceChildren(...parts.flat().filter(Boolean));
const byTime = (a, b) => (a.at < b.at ? -1 : 1);

/** What the host calls to show one view; it returns how to take it down. */
export async function render({ model, el, load }) {
  const quiz = await load('quiz');
  const root = quiz.h('section', { class: 'lumbar-quiz lumbar-review' });
  el.replaceChildren(root);
  return { results, review, plan }[model.get('view')]({ root, quiz, model, data: JSON.parse(model.get('data')) });
}

// ---- Results: before and after, item by item ----

function results({ root, quiz, model, data: pairs }) {
  let history = [];
  const draw = () => drawResults(root, quiz, pairs, answers(quiz, pairs, history));
  draw();
  addEventListener('lumbar', draw);
  const items = pairs.flatMap((pair) => [pair.before[0], pair.after[0]]);
  quiz.exchange(model, { attempts: [], items }).then((answer) => {
    history = answer?.history ?? [];
    draw();
  });
  return () => removeEventListener('lumbar', draw);
}

/** For each pair the last answer before the course and the first one after it. */
function answers(quiz, pairs, history) {
  const memory = new quiz.Memory('results');
  for (const attempt of history) memory.add(attempt);
  const all = [...memory.attempts.values()].sort(byTime);
  const of = ([item, version]) => all.filter((a) => a.item === item && a.item_version === version);
  return pairs.map((pair) => {
    const [after] = of(pair.after);
    const before = of(pair.before).filter((a) => !after || a.at < after.at).at(-1);
    return { before, after };
  });
}

function drawResults(root, { h }, pairs, found) {
  const [before, after] = ['before', 'after'].map((form) => found.map((pair) => pair[form]).filter(Boolean));
  const missing = !before.length ? ['There are no answers from before the course on this computer. ',
    h('a', { href: '00-start-here.ipynb#What-do-you-think-now?' }, 'The first quiz'), ' stands in Start here.']
    : !after.length && ['Answer the quiz above. This picture fills in as you go.'];
  fill(root, h('h3', 'Before and after'),
    missing && h('p', missing),
    h('p.score', ...score(h, before, 'before'), before.length > 0 && after.length > 0 && ' → ', ...score(h, after, 'after')),
    (before.length > 0 || after.length > 0) && sureness(h, before, after),
    h('details.more', { open: after.length > 0 }, h('summary', 'Question by question'), table(h, pairs, found)));
}

const score = (h, attempts, form) =>
  (attempts.length ? [`${attempts.filter(isRight).length} of ${attempts.length} `, h('span.quiet', `right ${form}`)] : []);

/** A calibration plot: how often the learner was right when not sure and when sure. */
function sureness(h, before, after) {
  const groups = [['before', before, -1], ['after', after, 1]].filter(([, attempts]) => attempts.length);
  const shares = groups.map(([form, attempts, side]) => [form, side, [false, true].map((sure) => share(attempts, sure))]);
  const words = shares.flatMap(([form, , [unsure, sure]]) => [
    sure.of && `When you were sure ${form} the course, you were right ${sure.right} of ${sure.of} times.`,
    unsure.of && `When you were not sure, ${unsure.right} of ${unsure.of} times.`]);
  return h('figure', h('h5', 'Do you know what you know?'),
    h('div', { class: 'lr-plot', html: plot(shares), 'aria-hidden': true }),
    h('figcaption', h('p', words.filter(Boolean).join(' ')),
      h('p.quiet', 'Who judges themselves well has the dots on the right near the top. These are few answers, so a step of one or two may be chance.')));
}

function share(attempts, sure) {
  const group = attempts.filter((attempt) => attempt.sure === sure);
  return { of: group.length, right: group.filter(isRight).length };
}

const X = [120, 250];
const yOf = ({ of, right }) => 180 - 150 * (right / of);

function plot(shares) {
  const grid = [0, 50, 100].map((percent) => `<path class="lr-grid" d="M45 ${180 - 1.5 * percent}H300"/>`
    + `<text class="lr-tick" x="38" y="${184 - 1.5 * percent}" text-anchor="end">${percent}</text>`);
  const ends = ['Not sure', 'Sure'].map((word, i) => `<text x="${X[i]}" y="222" text-anchor="middle">${word}</text>`);
  return `<svg viewBox="0 0 360 230"><text class="lr-tick" x="8" y="14">right, of 100 answers</text>
    ${grid.join('')}${ends.join('')}${shares.map(([form, side, both]) => line(form, side, both)).join('')}</svg>`;
}

/** One form's two dots and the line between them; the words of "before" hang below the dots, those of "after" stand above. */
function line(form, side, both) {
  const known = both.map((end, i) => [X[i], end]).filter(([, end]) => end.of);
  const dots = known.map(([x, end]) => `<circle cx="${x}" cy="${yOf(end)}" r="6"/>
    <text x="${x}" y="${yOf(end) + (side < 0 ? 20 : -11)}" text-anchor="middle">${end.right} of ${end.of}</text>`);
  const [x, last] = known.at(-1);
  const points = known.map(([at, end]) => `${at} ${yOf(end)}`).join('L');
  return `<g class="lr-${form}"><path d="M${points}"/>${dots.join('')}<text x="${x + 13}" y="${yOf(last) + 5}">${form}</text></g>`;
}

function table(h, pairs, found) {
  const cell = (attempt) => {
    const state = !attempt ? 'open' : isRight(attempt) ? 'right' : attempt.score > 0 ? 'partly' : 'wrong';
    const [sign, word] = SIGNS[state];
    return h('td', h(`span.sign.${state}`, { 'aria-hidden': true }, sign), ' ', h('span.hidden', word),
      attempt && h('span.quiet', attempt.sure ? 'sure' : 'not sure'));
  };
  const row = ({ claims, lesson, file }, i) => h('tr', h('th', { scope: 'row' }, `${i + 1}. `, h('a', { href: file }, lesson),
    h('span.quiet', ` ${claims}`)), cell(found[i].before), cell(found[i].after));
  const heads = ['Lesson', 'Before', 'After'].map((text) => h('th', { scope: 'col' }, text));
  return h('table', h('thead', h('tr', heads)), h('tbody', pairs.map(row)));
}

// ---- Review: what is due, asked here and now ----

const TRIES = 20;
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

function review({ root, quiz, model }) {
  const here = { root, quiz, model, gone: false, asking: false };
  const again = () => here.asking || look(here); // an answer elsewhere on the page changes what is due
  look(here);
  addEventListener('lumbar', again);
  return () => {
    here.gone = true;
    removeEventListener('lumbar', again);
  };
}

/** Ask the host what is due, or else Python, patiently: a kernel takes a while to start. */
async function look(here) {
  const { quiz, model } = here;
  here.asking = false;
  show(here, quiz.h('p', { role: 'status' }, 'Looking at your answers …'));
  for (let tries = 0; tries < TRIES && !here.gone; tries += 1) {
    const attempts = new quiz.Memory('review').waiting().map(({ kept, ...attempt }) => attempt);
    const request = { attempts, today: today() };
    const answer = await (model.schedule?.(request) ?? quiz.exchange(model, request, 'review.schedule'));
    if (answer) return drawReview(here, answer);
    await wait(1500);
  }
  show(here,
    quiz.h('p', { role: 'status' }, 'Nothing could work out your reviews. They need the course’s own program: start this lesson’s kernel, then look again.'),
    quiz.button('Look again', () => look(here), 'main'));
}

/** Show that under the heading, which takes the focus where it was in here. */
function show({ root, quiz }, ...parts) {
  const held = root.contains(document.activeElement);
  fill(root, quiz.h('h3', { tabindex: -1 }, 'Your reviews'), ...parts);
  if (held) root.firstChild.focus();
}

function drawReview(here, { items, plates, due, later, note }) {
  const { h, button } = here.quiz;
  const count = due.reduce((sum, [, questions]) => sum + questions, 0);
  const questions = (number) => `${number} ${number === 1 ? 'question' : 'questions'}`;
  show(here,
    h('p.score', questions(count), ' ', h('span.quiet', 'due today')),
    h('ul.answer', due.map(([lesson, number]) => h('li', `${lesson}: ${number}`))),
    count > 0 ? items.length > 0 && button(`Review ${questions(items.length)} now`, () => ask(here, items, plates), 'main')
      : h('p', later.length ? 'Nothing to do today.' : 'Questions that you answer in the lessons turn up here when it is time to meet them again.'),
    later.length > 0 && h('div', h('h5', 'Later'), h('ul.answer', later.slice(0, 7).map(([day, number]) => h('li', `${named(day)}: ${questions(number)}`)))),
    note && h('p.note.partly', { role: 'status' }, note));
}

const named = (day) => new Date(`${day}T12:00`).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

/** Hand the questions that are due to the quiz; then look again. */
function ask(here, items, plates) {
  const { root, quiz, model } = here;
  here.asking = true;
  const card = quiz.h('div');
  const traits = { quiz: 'review', title: 'Review', feedback: 'now', items: JSON.stringify(items), plates, kept: {} };
  const asked = { widget_manager: model.widget_manager, get: (name) => traits[name], set() {}, save_changes() {}, on() {} };
  fill(root, card, quiz.button('Back to your reviews', () => look(here)));
  quiz.render({ model: asked, el: card, fresh: true });
}

// ---- Plan: a page to fill in and print ----

const PLAN = 'lumbar:plan';

function plan({ root, quiz: { h, button }, data: headings }) {
  const written = kept();
  const typed = {};
  const keep = (key, text) => {
    typed[key] = text;
    Object.assign(written, kept(), typed); // another tab may have written, too
    try {
      localStorage.setItem(PLAN, JSON.stringify(written));
      say('');
    } catch {
      say('This browser cannot save here: print your plan before you close the page.');
    }
  };
  const status = h('p.quiet', { role: 'status' });
  const say = (text) => status.replaceChildren(text);
  const part = ({ key, ask, hint }) => h('label', { class: 'lr-part' }, h('b', ask), h('span.quiet', hint),
    area(h, written[key], (text) => keep(key, text)));
  fill(root, h('h3', 'My plan'), ...headings.map(part), status, button('Print my plan', () => print(headings, written), 'main'));
}

function area(h, text, change) {
  const field = h('textarea', { rows: 3, 'data-lm-suppress-shortcuts': 'true', oninput: () => change(field.value) });
  field.value = text ?? '';
  return field;
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(PLAN)) ?? {};
  } catch {
    return {};
  }
}

/** Print the plan alone, from a frame that is taken away afterwards. */
function print(headings, written) {
  const frame = document.createElement('iframe');
  frame.style = 'position:fixed;width:0;height:0;border:0';
  document.body.append(frame);
  const page = frame.contentDocument;
  const add = (tag, text) => Object.assign(page.body.appendChild(page.createElement(tag)), { textContent: text });
  page.title = 'My plan for my back';
  page.adoptedStyleSheets = [new frame.contentWindow.CSSStyleSheet()]; // a page's policy may forbid a style element
  page.adoptedStyleSheets[0].replaceSync(PRINTED);
  add('h1', page.title);
  add('small', named(today()));
  for (const { key, ask } of headings) {
    add('h2', ask);
    add('p', written[key] ?? '');
  }
  add('footer', 'Call for help at once if you cannot pass water or hold it, go numb between the legs, or a leg is getting weaker.');
  frame.contentWindow.onafterprint = () => frame.remove();
  frame.contentWindow.print();
}

const PRINTED = `body { font: 12pt/1.5 system-ui, sans-serif; margin: 1cm } h1 { font-size: 20pt; margin: 0 } h2 { font-size: 12pt; margin: 7mm 0 1mm }
p { white-space: pre-wrap; margin: 0; min-height: 18mm; border-bottom: 1px solid #999 } footer { margin-top: 8mm; font-size: 10pt }`;
