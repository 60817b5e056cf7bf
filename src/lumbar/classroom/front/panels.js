/** What opens over the stage: how to join, which quiz, the class, the keys. And the keys themselves. */
import { joinView } from './join.js';
import { h, plain } from './quiz.js';

const $ = (id) => document.getElementById(id);
const KEYS = [
  ['Space', 'the next step, as the big button says (a clicker’s forward key does the same)'],
  ['← →', 'previous and next question'],
  ['↑ ↓', 'move the page'],
  ['b', 'show or hide the bars'],
  ['r', 'reveal the answer without talking first'],
  ['j', 'how to join'],
  ['c', 'choose a quiz'],
  ['m', 'this class: report, end, delete'],
  ['d', 'dark or light'],
  ['f', 'full screen'],
  ['?', 'these keys'],
];
const OFF = 'lumbar:keys-off';
const NO_ANSWER = 'The class server does not answer. Nothing was changed.';

export class Panels {
  /** @param {import('./teacher.js').Teacher} teacher */
  constructor(teacher) {
    this.teacher = teacher;
    for (const panel of document.querySelectorAll('dialog')) this.prepare(panel);
    for (const name of ['join', 'choose', 'menu', 'help']) $(name).addEventListener('click', () => this.open(name));
    $('keys').replaceChildren(...KEYS.flatMap(([key, does]) => [h('dt', h('kbd', key)), h('dd', does)]));
    $('keys-on').checked = !isOff();
    this.listen();
    this.listenMenu();
    this.listenChoose();
    document.addEventListener('keydown', (event) => this.press(event));
  }

  prepare(panel) {
    panel.querySelector('.close').addEventListener('click', () => panel.close());
    panel.addEventListener('close', () => this.calm(panel));
  }

  fillJoin(joining) {
    $('join-content').replaceChildren(joinView(joining));
  }

  fillQuizzes(lessons) {
    const option = (over, { name, title, count }) =>
      h('option', { value: name }, plain(`${over}: ${title} (${count} questions)`));
    const group = (over, quizzes) => h('optgroup', { label: plain(over) }, quizzes.map((quiz) => option(over, quiz)));
    const groups = lessons.map(({ lesson, title, quizzes }) => group(`${lesson} ${title}`, quizzes));
    $('choose-quiz').replaceChildren(...groups);
    const { quiz } = this.teacher.state ?? {};
    if (quiz) $('choose-quiz').value = quiz;
  }

  follow({ locked, quiz, ended }) {
    $('lock').setAttribute('aria-pressed', String(locked));
    $('lock').textContent = locked ? 'Let others join again' : 'Let nobody else join';
    $('lock').hidden = $('end').hidden = ended;
    if (!$('choose-panel').open && quiz) $('choose-quiz').value = quiz;
  }

  open(name) {
    const panel = $(`${name}-panel`);
    if (panel.open) return panel.close();
    document.querySelector('dialog[open]')?.close();
    panel.showModal();
  }

  // The buttons

  listen() {
    const { teacher } = this;
    const act = {
      next: () => teacher.go(),
      reveal: () => teacher.do({ do: 'reveal' }),
      previous: () => teacher.do({ do: 'previous' }),
      following: () => teacher.do({ do: 'next' }),
      bars: () => teacher.toggleBars(),
    };
    for (const [id, does] of Object.entries(act)) $(id).addEventListener('click', (event) => this.click(event, does));
  }

  /** After a click the space bar is for the next step again, not for the button that was clicked. */
  click({ detail }, does) {
    does();
    if (detail) $('next').focus({ preventScroll: true });
  }

  listenMenu() {
    const { teacher } = this;
    const name = (ending) => `lumbar-${teacher.code}.${ending}`;
    this.attempt('report', () => teacher.save('report', name('html')));
    this.attempt('table', () => teacher.save('report.csv', name('csv')));
    this.attempt('lock', () => teacher.do({ do: 'lock', locked: !teacher.state.locked }));
    $('theme').addEventListener('click', turn);
    this.twice('end', () => teacher.do({ do: 'end' }));
    this.twice('delete', () => teacher.delete());
  }

  /** Do it, and say what the server says where that fails. @returns {Promise<void>} */
  async try(does) {
    $('menu-told').textContent = '';
    try {
      await does();
    } catch (error) {
      $('menu-told').textContent = error.status ? error.message : NO_ANSWER;
    }
  }

  attempt(id, does) {
    $(id).addEventListener('click', () => this.try(does));
  }

  /** What cannot be undone is asked twice: the second press says what it does. */
  twice(id, does) {
    const button = $(id);
    button.dataset.first = button.textContent;
    button.addEventListener('click', () => {
      if (button.textContent === button.dataset.first) return void (button.textContent = button.dataset.sure);
      $('menu-panel').close();
      this.try(does);
    });
  }

  calm(panel) {
    for (const button of panel.querySelectorAll('[data-first]')) button.textContent = button.dataset.first;
  }

  listenChoose() {
    const form = $('choose-form');
    form.addEventListener('change', () => { $('choose-time').hidden = form.mode.value !== 'exam'; });
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const mode = form.mode.value;
      const isDone = await this.teacher.do({ do: 'choose', quiz: $('choose-quiz').value, mode, ...(mode === 'exam' && time()) });
      $('choose-told').textContent = isDone ? '' : $('trouble').textContent;
      if (isDone) $('choose-panel').close();
    });
    $('keys-on').addEventListener('change', ({ target }) => setOff(!target.checked));
  }

  // The keys

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isOff()) return;
    const open = document.querySelector('dialog[open]');
    const does = open ? this.closing(event.key, open) : this.keys()[event.key];
    if (!does || isTyping(event.target) || (event.key === ' ' && event.target.matches('button, summary, a'))) return;
    event.preventDefault();
    does();
  }

  /** The key that opened a panel closes it. */
  closing(key, open) {
    const name = { j: 'join', c: 'choose', m: 'menu', '?': 'help' }[key];
    return open.id === `${name}-panel` && (() => open.close());
  }

  keys() {
    const { teacher } = this;
    const press = (id) => () => $(id).hidden || $(id).click();
    return {
      ' ': () => teacher.go(), PageDown: () => teacher.go(), b: press('bars'), r: press('reveal'),
      ArrowLeft: press('previous'), PageUp: press('previous'), ArrowRight: press('following'),
      ArrowUp: () => scroll(-1), ArrowDown: () => scroll(1),
      j: press('join'), c: press('choose'), m: press('menu'), '?': press('help'), d: turn, f: fill,
    };
  }
}

/** For how many minutes a test is open, and from when, where it opens by itself. */
function time() {
  const from = $('choose-from').value;
  return { until: Number($('choose-minutes').value), ...(from && { from: new Date(from).toISOString() }) };
}

const scroll = (way) =>
  $('stage').scrollBy({ top: 0.4 * way * innerHeight, behavior: isCalm() ? 'instant' : 'smooth' });
const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const isTyping = (target) => target.matches?.('input, select, textarea');

function isOff() {
  try {
    return Boolean(localStorage.getItem(OFF));
  } catch {
    return false;
  }
}

function setOff(off) {
  try {
    if (off) localStorage.setItem(OFF, 'yes');
    else localStorage.removeItem(OFF);
  } catch { /* until the page is closed, as they were */ }
}

function turn() {
  const { dataset } = document.documentElement;
  dataset.jpThemeLight = String(dataset.jpThemeLight === 'false');
  try {
    localStorage.setItem('lumbar:theme', dataset.jpThemeLight === 'true' ? 'light' : 'dark');
  } catch { /* as long as the page is open */ }
}

function fill() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}
