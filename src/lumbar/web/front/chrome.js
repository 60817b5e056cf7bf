/**
 * What stands around the text: the contents drawer, the theme, marks of progress, printing.
 *
 * @typedef {Record<string, [string, string][]>} Quizzes  by name: each item's id and version
 * @typedef {{file: string, number: string, title: string, minutes: number, quizzes: Quizzes}} Lesson
 * @typedef {{done: number, all: number}} Standing
 */
import { attempts, kept } from './answers.js';

const THEME = 'lumbar:theme';
const SVG = 'http://www.w3.org/2000/svg';
const root = document.documentElement;

/** Start all of it; `course` is the course's index. */
export function start(course) {
  drawer();
  theme();
  printing();
  boxes();
  live();
  search();
  const show = () => marks(course.lessons);
  show();
  addEventListener('lumbar', show);
  addEventListener('storage', show);
}

// ---- The contents: a popover on a narrow screen, a column that stays on a wide one ----

function drawer() {
  const contents = document.getElementById('contents');
  contents.addEventListener('toggle', ({ newState }) => {
    if (newState === 'open') (contents.querySelector('[aria-current]') ?? contents.querySelector('button')).focus();
  });
  // A popover lets the focus go on behind it: then it is in the way.
  contents.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget && !contents.contains(relatedTarget)) close(contents);
  });
  contents.addEventListener('click', ({ target }) => { if (target.closest('a')) close(contents); });
  matchMedia('(min-width: 70rem)').addEventListener('change', () => close(contents));
  keepInView(contents);
  follow(contents);
}

function close(contents) {
  if (contents.matches(':popover-open')) contents.hidePopover();
}

/** In a long column the lesson one reads is shown without scrolling to it. */
function keepInView(contents) {
  const here = contents.querySelector('[aria-current]');
  if (here && contents.scrollHeight > contents.clientHeight) contents.scrollTop = here.offsetTop - 120;
}

/** In the contents, mark the section that one is reading. */
function follow(contents) {
  const links = [...contents.querySelectorAll('.contents-here a[href^="#"]')];
  const sections = new Map(links.map((link) => [document.getElementById(decodeURI(link.hash.slice(1))), link]));
  const line = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) sections.get(target).setAttribute('aria-current', 'location');
      else sections.get(target).removeAttribute('aria-current');
    }
  }, { rootMargin: '-30% 0px -69% 0px' });
  for (const section of sections.keys()) if (section?.matches('section section')) line.observe(section);
}

// ---- The theme: as the system has it, until one chooses the other ----

function theme() {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const button = document.querySelector('.top-theme');
  const show = () => {
    const dark = stored(THEME) ? stored(THEME) === 'dark' : system.matches;
    root.dataset.jpThemeLight = String(!dark);
    button.setAttribute('aria-pressed', String(dark));
  };
  button.addEventListener('click', () => {
    const wanted = button.getAttribute('aria-pressed') === 'true' ? 'light' : 'dark';
    store(THEME, wanted);
    root.dataset.jpThemeLight = String(wanted === 'light');
    button.setAttribute('aria-pressed', String(wanted === 'dark'));
  });
  system.addEventListener('change', show);
  addEventListener('storage', show);
  show();
}

// ---- Marks of progress ----

/** How many of these quizzes' items have an attempt in their present version. @returns {Standing} */
export function standing(quizzes, attempts) {
  const answered = new Set(attempts.map(({ quiz, item, item_version }) => `${quiz} ${item} ${item_version}`));
  const wanted = Object.entries(quizzes).flatMap(([quiz, items]) => items.map((item) => [quiz, ...item].join(' ')));
  return { done: wanted.filter((each) => answered.has(each)).length, all: wanted.length };
}

function marks(lessons) {
  const given = attempts(kept());
  const standings = new Map(lessons.map((lesson) => [lesson.file, standing(lesson.quizzes, given)]));
  for (const mark of document.querySelectorAll('[data-mark]')) draw(mark, standings.get(mark.dataset.mark));
  goOn(lessons, standings, given);
}

/** A ring that fills, and a tick when it is full; in words for those who hear the page. */
function draw(mark, { done, all }) {
  const state = done === all ? 'done' : done ? 'begun' : 'new';
  if (mark.dataset.state === state && mark.dataset.done === String(done)) return;
  Object.assign(mark.dataset, { state, done });
  const words = document.createElement('span');
  words.className = 'mark-words';
  words.textContent = { done: 'done', begun: `begun: ${done} of ${all} answered`, new: '' }[state];
  mark.replaceChildren(ring(state, done / all), words);
}

function ring(state, part) {
  const svg = shape('svg', { viewBox: '0 0 20 20', width: 20, height: 20, 'aria-hidden': 'true' });
  const round = { cx: 10, cy: 10, r: 8, pathLength: 100 };
  svg.append(shape('circle', { ...round, class: 'mark-track' }));
  if (state === 'begun') {
    svg.append(shape('circle', { ...round, class: 'mark-part', 'stroke-dasharray': `${Math.max(4, part * 100)} 100` }));
  }
  if (state === 'done') svg.append(shape('path', { class: 'mark-tick', d: 'm6 10.2 2.8 2.8L14 7.500' }));
  return svg;
}

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** On the first page the big button leads to the lesson where one left off. */
function goOn(lessons, standings, given) {
  const button = document.getElementById('start');
  if (!button || !given.length) return;
  const next = leftOff(lessons, standings, given);
  button.href = `${next.file}.html`;
  button.textContent = next === lessons[0] ? 'Go on with Start here' : `Go on with lesson ${next.number}`;
  button.nextElementSibling?.replaceChildren(`${next.title}, about ${next.minutes} minutes`);
}

/** The lesson of the latest of these attempts, the last one, or the first open one after it when that lesson is done. */
export function leftOff(lessons, standings, given) {
  const last = given.at(-1);
  const at = Math.max(0, lessons.findIndex((lesson) => last.quiz in lesson.quizzes));
  const isOpen = ({ file }) => standings.get(file).done < standings.get(file).all;
  return lessons.slice(at).find(isOpen) ?? lessons.find(isOpen) ?? lessons[at];
}

// ---- Printing ----

/** Pictures are fetched when they come into view; on paper all of them are wanted. */
function printing() {
  const pictures = () => [...document.querySelectorAll('main img')];
  const fetchAll = () => pictures().forEach((picture) => { picture.loading = 'eager'; });
  addEventListener('beforeprint', fetchAll);
  document.querySelector('.tools-print')?.addEventListener('click', async () => {
    fetchAll();
    await Promise.allSettled(pictures().map((picture) => picture.decode()));
    print();
  });
}

// ---- Small things ----

/** Boxes that scroll are steps for the keyboard; those where all is in view need not be. */
function boxes() {
  const check = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
      else target.removeAttribute('tabindex');
    }
  });
  document.querySelectorAll('.wide, pre[tabindex]').forEach((box) => check.observe(box));
}

/** A live notebook needs a server: not for files on a disk. */
function live() {
  const offer = document.querySelector('.run-live');
  if (offer) offer.hidden = location.protocol === 'file:';
}

/** The page's policy lets a form go to its own site only, and a disk is no site: there the script goes. */
function search() {
  if (location.protocol !== 'file:') return;
  for (const form of document.querySelectorAll('form[role="search"]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      location.href = `${form.action.split('?')[0]}?${new URLSearchParams(new FormData(form))}`;
    });
  }
}

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch { /* it holds for this page, then */ }
}
