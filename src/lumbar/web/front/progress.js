/**
 * The page "Your progress": how far one is in each lesson, and one's answers as a file.
 *
 * @typedef {import('./chrome.js').Lesson} Lesson
 * @typedef {{lessons: Lesson[], later: string[]}} Course
 */
import { button, h } from '../../quiz/quiz.js';
import { NotTaken, attempts, deleted, exported, imported, kept, opened } from './answers.js';
import { standing } from './chrome.js';

/**
 * Fill the page.
 * @param {Element} root
 * @param {{course: Course, loadBank: () => Promise<import('./bank.js').Bank>}} host
 */
export function mount(root, { course, loadBank }) {
  const lessons = h('div');
  const status = h('p', { role: 'status' });
  const view = { loadBank, storage: kept(), say: (text) => status.replaceChildren(text) };
  const draw = () => lessons.replaceChildren(...standings(course, attempts(view.storage)));
  draw();
  for (const change of ['lumbar', 'storage']) addEventListener(change, draw); // here, and in another tab
  root.replaceChildren(h('section', { class: 'lumbar-quiz lumbar-progress', 'aria-label': 'Your progress' },
    lessons,
    h('h2', 'Take your answers with you'),
    h('p', 'This browser alone keeps your answers: another browser or another device does not know them. Save them as '
      + 'a file, and bring that file in there. If you clear this browser’s data without a file, they are gone.'),
    h('div.steps', button('Save my answers as a file', () => save(view), 'main'), chooser(view), remover(view)),
    status));
}

// ---- How far one is ----

function standings({ lessons, later }, answered) {
  const rows = lessons.map((lesson) =>
    ({ lesson, ...standing(lesson.quizzes, answered), ...marks(lesson, later, answered) }));
  const sum = (name) => rows.reduce((total, row) => total + row[name], 0);
  const heads = ['Lesson', 'Answered', 'Right'].map((text) => h('th', { scope: 'col' }, text));
  const table = h('table', h('thead', h('tr', heads)), h('tbody', rows.map(line)));
  for (const link of table.querySelectorAll('a')) link.removeAttribute('target'); // no new tab within the course
  return [h('p.score', `${sum('done')} of ${sum('all')} `, h('span.quiet', 'questions answered')),
    h('progress', { 'aria-label': 'Questions answered', max: sum('all'), value: sum('done') }), table,
    h('p.quiet', '“Right” counts your latest answer to each question that was marked. Answers from before a lesson are '
      + 'not marked.')];
}

const line = ({ lesson: { file, number, title }, done, all, right, marked }) => h('tr',
  h('th', { scope: 'row' }, h('a', { href: `${file}.html` }, `${number} ${title}`)),
  h('td', `${done} of ${all}`), h('td', marked ? `${right} of ${marked}` : '–'));

/** How many of a lesson's items were marked, and right the last time. */
function marks({ quizzes }, later, answered) {
  const latest = new Map();
  for (const { quiz, item, item_version, score } of answered) {
    if (!later.includes(quiz)) latest.set(`${item} ${item_version}`, score);
  }
  const items = new Set(Object.values(quizzes).flat().map((item) => item.join(' ')));
  const scores = [...items].filter((item) => latest.has(item)).map((item) => latest.get(item));
  return { marked: scores.length, right: scores.filter((score) => score === 1).length };
}

// ---- As a file ----

function save(view) {
  const link = document.createElement('a');
  const now = new Date();
  link.download = `lumbar-progress-${new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)}.json`;
  link.href = URL.createObjectURL(new Blob([exported(view.storage)], { type: 'application/json' }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // a slow browser may still be reading it
  view.say(`Your answers are in ${link.download}, where this browser saves files.`);
}

const chooser = (view) => h('label.button', 'Bring in answers from a file',
  h('input.hidden', { type: 'file', accept: '.json,application/json', onchange: ({ target }) => bringIn(view, target) }));

async function bringIn(view, input) {
  const [file] = input.files;
  if (!file) return;
  view.say('Reading the file …');
  view.say(await taken(view, file));
  input.value = ''; // so that the same file can be chosen again
}

/** Take the file in; what to say of it. */
async function taken({ loadBank, storage }, file) {
  try {
    const text = await opened(file);
    const { items } = await loadBank().catch(() => {
      throw new NotTaken('The questions cannot be loaded just now: go online once, then try again.');
    });
    const { new: fresh, known, plan } = imported(text, storage, items);
    dispatchEvent(new Event('lumbar'));
    return `New answers: ${fresh}. Here already: ${known}.${plan ? ' Your plan in lesson 13 has new parts.' : ''}`;
  } catch (error) {
    if (error instanceof NotTaken) return error.message;
    throw error;
  }
}

// ---- Deleting ----

function remover(view) {
  const sure = () => {
    const count = deleted(view.storage);
    dialog.close();
    dispatchEvent(new Event('lumbar'));
    view.say(`Your answers are deleted: there ${count === 1 ? 'was 1' : `were ${count}`}.`);
  };
  const dialog = h('dialog', { 'aria-labelledby': 'delete-title' },
    h('h2', { id: 'delete-title' }, 'Delete all your answers?'),
    h('p', 'All answers, what you began and your plan leave this browser for good. If other pages of the course are '
      + 'open, close them first. To keep a copy, save your answers as a file.'),
    h('div.steps', button('Keep them', () => dialog.close(), 'main'), button('Delete them for good', sure)));
  return [button('Delete my answers', () => dialog.showModal()), dialog];
}
