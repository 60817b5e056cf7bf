/**
 * What the slides do beside reveal.js: fit every screen, move the explorers, keep answers back, show notes.
 */
const root = document.querySelector('.reveal');
const panel = document.getElementById('notes');
const enlarged = document.getElementById('enlarged');
const told = document.getElementById('told');
const NARROW = 700; // below this width a slide is as wide as the screen, and scrolls

// ---- The screen ----

/** The size on which slides are laid out: 1280 wide, and as high as the screen's shape allows; a phone has its own. */
function canvas() {
  const { clientWidth, clientHeight } = root;
  const narrow = innerWidth < NARROW;
  document.body.classList.toggle('is-narrow', narrow);
  const height = Math.min(960, Math.max(720, Math.round((1280 * clientHeight) / clientWidth)));
  const size = narrow ? { width: clientWidth, height: clientHeight } : { width: 1280, height };
  document.body.style.setProperty('--high', `${size.height}px`);
  return { ...size, touch: !narrow, controls: narrow || matchMedia('(pointer: coarse)').matches };
}

function fit() {
  if (!Reveal.isPrintView()) Reveal.configure(canvas());
}

/** Set each text in the largest type in which its slide holds it, from `data-fit` down to 24 px, on 1280 × 720. */
function fitType() {
  root.classList.add('is-measuring');
  for (const text of root.querySelectorAll('[data-fit]')) {
    const slide = text.closest('section');
    for (let size = Number(text.dataset.fit); size >= 24; size -= 1) {
      text.style.setProperty('--size', `${size}px`);
      if (slide.scrollHeight <= slide.clientHeight) break;
    }
  }
  for (const explorer of root.querySelectorAll('.explorer')) fitExplorer(explorer);
  root.classList.remove('is-measuring');
}

/** Make room for the longest that an explorer says, so that nothing jumps or leaves the slide when it moves. */
function fitExplorer(explorer) {
  const said = explorer.querySelector('.explore-said');
  const now = said.textContent;
  said.textContent = longest(states[explorer.dataset.explorer]);
  const below = largest(explorer);
  explorer.classList.add('has-buttons-beside');
  if (largest(explorer) <= below) {
    explorer.classList.remove('has-buttons-beside');
    largest(explorer);
  }
  said.style.minHeight = `${said.offsetHeight}px`;
  said.textContent = now;
}

/** Show the explorer's picture as large as its slide allows, and tell how wide that is. */
function largest(explorer) {
  const slide = explorer.closest('section');
  let size = 680;
  do explorer.style.setProperty('--picture', `${size}px`);
  while (slide.scrollHeight > slide.clientHeight && (size -= 10) >= 360);
  return size;
}

/** The longest sentence at any setting; the shape of the state: lumbar/explore/sampler.py. */
function longest({ words, shape }) {
  const each = (at, stops) => [...Array(stops).keys()].map((i) => [...at, i]);
  const settings = shape.reduce((all, stops) => all.flatMap((at) => each(at, stops)), [[]]);
  const sayings = settings.map((at) => words.map(([axes, texts, cells]) => {
    const index = axes.reduce((sum, axis) => sum * shape[axis] + at[axis], 0);
    return texts[cells ? cells[index] : index] ?? '';
  }).join(' '));
  return sayings.reduce((most, text) => (text.length > most.length ? text : most), '');
}

// ---- Dark and light ----

const dark = matchMedia('(prefers-color-scheme: dark)');

function paint(isDark) {
  document.body.dataset.jpThemeLight = String(!isDark);
}

const isDark = () => document.body.dataset.jpThemeLight === 'false';

// ---- Pictures and explorers ----

/** A picture that stands on two slides is in the file once. */
function copyPictures() {
  for (const copy of root.querySelectorAll('img[data-copy]')) {
    copy.src = root.querySelector(`[data-plate="${copy.dataset.copy}"] img`).src;
  }
}

const states = JSON.parse(document.getElementById('explorers').textContent);

function mountExplorers() {
  for (const el of root.querySelectorAll('.explorer')) {
    el.dataset.preventSwipe = ''; // a finger on a slider moves the slider
    globalThis.mountExplorer({ model: { get: () => states[el.dataset.explorer] }, el });
    const made = el.querySelector('section'); // to reveal.js a section is a slide
    const group = document.createElement('div');
    group.className = made.className;
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', made.getAttribute('aria-label'));
    group.append(...made.childNodes);
    made.replaceWith(group);
  }
}

/** Show the slide's picture as wide as the screen; arrows and fingers scroll it. */
function enlarge(picture = Reveal.getCurrentSlide().querySelector('.plate img')) {
  if (enlarged.open) return enlarged.close();
  if (!picture) return say('There is no picture on this slide.');
  const image = new Image();
  Object.assign(image, { src: picture.src, alt: picture.alt });
  const frame = document.createElement('div');
  Object.assign(frame, { tabIndex: 0, className: 'frame' });
  frame.append(image);
  enlarged.replaceChildren(frame);
  enlarged.showModal();
  frame.focus();
}

function say(sentence) {
  told.textContent = sentence;
  setTimeout(() => { told.textContent = ''; }, 4000);
}

// ---- Answers: in the overview they stay covered until their slide has been shown ----

function seen() {
  if (!Reveal.isOverview()) Reveal.getCurrentSlide()?.classList.add('is-seen');
}

// ---- Notes: below the slide, or in a window of their own ----

let other = null; // the window with the notes

const notesOf = (slide) => slide?.querySelector('aside.notes');

function copyOf(notes, owner) {
  const nodes = notes ? [...notes.childNodes] : [document.createTextNode('No notes for this slide.')];
  return nodes.map((node) => owner.importNode(node, true));
}

function tellNotes() {
  const slide = Reveal.getCurrentSlide();
  panel.replaceChildren(...copyOf(notesOf(slide), document));
  panel.scrollTop = 0;
  if (other && !other.closed) fillWindow(slide);
}

function toggleNotes() {
  panel.hidden = !panel.hidden;
  fit();
}

/** A plain window, filled from here: it has no script and no address of its own, so it works from a disk. */
function openWindow() {
  other = open('', 'lumbar-notes', 'popup,width=900,height=700');
  if (!other) return say('The browser stopped the window. Allow pop-ups for this file, and press S again.');
  const page = other.document;
  page.title = `Notes · ${document.title}`;
  page.documentElement.lang = 'en';
  const style = page.createElement('style');
  style.textContent = WINDOW;
  page.head.replaceChildren(style);
  page.addEventListener('keydown', steer);
  const since = Date.now();
  clearInterval(openWindow.clock);
  openWindow.clock = setInterval(() => other.closed ? clearInterval(openWindow.clock) : tick(page, since), 1000);
  fillWindow(Reveal.getCurrentSlide());
  tick(page, since);
}

const WINDOW = `
  body { margin: 0; padding: 1.5rem 2rem; font: 1.25rem/1.5 system-ui, sans-serif; color: #1d2730; background: #fff; }
  header { display: flex; justify-content: space-between; gap: 2rem; color: #53606c; }
  h1 { font-size: 1.5rem; }
  footer { margin-top: 2rem; padding-top: 1rem; border-top: 1px solid #cdd5dc; color: #53606c; }
  @media (prefers-color-scheme: dark) {
    body { color: #e7ecf0; background: #1b2025; }
    header, footer { color: #aab6c0; }
    a { color: #86cbe6; }
  }
`;

function fillWindow(slide) {
  const page = other.document;
  const make = (name, ...children) => {
    const node = page.createElement(name);
    node.append(...children);
    return node;
  };
  const place = `${Reveal.getSlidePastCount() + 1} of ${Reveal.getTotalSlides()}`;
  const clock = make('span');
  clock.id = 'clock';
  const slides = Reveal.getSlides();
  const next = slides[slides.indexOf(slide) + 1];
  page.body.replaceChildren(
    make('header', make('span', place), clock),
    make('main', make('h1', titleOf(slide)), ...copyOf(notesOf(slide), page)),
    make('footer', next ? `Next: ${titleOf(next)}` : 'This is the last slide.'),
  );
}

function tick(page, since) {
  const seconds = Math.floor((Date.now() - since) / 1000);
  const clock = page.getElementById('clock');
  if (clock) clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function titleOf(slide) {
  const heading = slide.querySelector('h1, h2, .ask, .claim, .caption strong, h3');
  const title = heading ?? slide.querySelector('.kicker, .said p');
  return title?.textContent.trim() ?? '';
}

/** The keys that move the slides work in the window with the notes, too. */
function steer(event) {
  const on = ['ArrowRight', 'ArrowDown', 'PageDown', ' '].includes(event.key);
  const back = ['ArrowLeft', 'ArrowUp', 'PageUp'].includes(event.key);
  if (!on && !back) return;
  event.preventDefault();
  if (on) Reveal.next();
  else Reveal.prev();
}

// ---- Keys ----

/** reveal.js leaves a key alone where it belongs to what has the focus. */
function isFree(event) {
  if (enlarged.open) return false;
  if (event.target.closest?.('button, a') && [' ', 'Enter'].includes(event.key)) return false;
  return !(event.target === panel && ['ArrowUp', 'ArrowDown'].includes(event.key));
}

/** A clicker turns the slide even while a slider has the focus. */
function onKey(event) {
  const slider = event.target.matches?.('input[type="range"]');
  if (enlarged.open && event.key.toLowerCase() === 'z') enlarged.close();
  if (!slider || !['PageUp', 'PageDown', 'Escape'].includes(event.key)) return;
  event.target.blur();
  event.stopPropagation();
  if (event.key !== 'Escape') steer(event);
}

const KEYS = [
  [78, 'N', 'Notes below the slide', toggleNotes],
  [83, 'S', 'Notes in a window', openWindow],
  [90, 'Z', 'Enlarge the picture', () => enlarge()],
  [68, 'D', 'Dark or light', () => paint(!isDark())],
];

// ---- Start ----

const params = new URLSearchParams(location.search);
copyPictures();
mountExplorers();
paint(dark.matches && !params.has('print-pdf'));
dark.addEventListener('change', () => paint(dark.matches));
addEventListener('keydown', onKey, true);
root.addEventListener('click', (event) => event.target.matches('.plate img') && enlarge(event.target));
enlarged.addEventListener('click', () => enlarged.close());

await Reveal.initialize({
  ...canvas(),
  margin: 0,
  minScale: 0.05,
  maxScale: 4,
  center: false,
  hash: true,
  transition: 'none',
  backgroundTransition: 'none',
  navigationMode: 'linear',
  slideNumber: 'c/t',
  showNotes: params.has('notes') ? 'separate-page' : false, // reveal.js uses it on paper only: the panel is ours
  scrollActivationWidth: null,
  pdfMaxPagesPerSlide: 1,
  pdfSeparateFragments: false,
  keyboardCondition: isFree,
  display: 'grid',
});
fitType();
for (const [keyCode, key, description, run] of KEYS) Reveal.addKeyBinding({ keyCode, key, description }, run);
for (const name of ['slidechanged', 'overviewhidden']) Reveal.on(name, seen);
Reveal.on('slidechanged', tellNotes);
addEventListener('resize', fit);
seen();
tellNotes();
fit();
document.body.dataset.ready = 'yes';
