/**
 * When to meet a question again: what `lumbar.review.schedule` answers in Python, worked out on the page by ts-fsrs.
 * tests/review holds the two to the same days.
 *
 * @typedef {import('../../quiz/quiz.js').Attempt} Attempt
 * @typedef {{lessons: {title: string, quizzes: Record<string, [string, string][]>}[], later: string[]}} Course
 * @typedef {{items: object[], plates: Record<string, string>, due: [string, number][], later: [string, number][],
 *   note: string}} Answer
 */
import { FSRSAlgorithm, Rating } from 'ts-fsrs';

// The algorithm alone: the schedulers of ts-fsrs count a day whenever the date changes in UTC, and keep "hard" and
// "good" a day apart, where Python's counts full days of 24 hours and keeps nothing apart. No steps of minutes in either.
const FSRS = new FSRSAlgorithm({
  request_retention: 0.9, maximum_interval: 36500, enable_short_term: true, enable_fuzz: false,
});
const DAY = 86_400_000;
const MOST = 20; // questions in one sitting

/**
 * What is due by `today` ("2026-11-22"), the most overdue first, and what comes later.
 * @param {Attempt[]} attempts  in any order
 * @param {Course} course
 * @returns {{ids: string[], due: [string, number][], later: [string, number][]}}  counts by lesson, and by day
 */
export function schedule(attempts, course, today) {
  const items = itemsOf(course);
  const counted = attempts.filter((attempt) => counts(attempt, items, course));
  const due = [...byItem(counted)].map(([item, tries]) => ({ item, day: dueDay(tries) }))
    .sort((a, b) => compare(a.day, b.day) || compare(a.item, b.item));
  const now = due.filter(({ day }) => day <= today);
  return {
    ids: now.slice(0, MOST).map(({ item }) => item),
    due: tally(now.map(({ item }) => items.get(item).title)),
    later: tally(due.filter(({ day }) => day > today).map(({ day }) => day)),
  };
}

/**
 * What review.js asks in place of a kernel.
 * @param {{course: Course, read: () => Attempt[], loadBank: () => Promise<import('./bank.js').Bank>}} host
 * @returns {(request: {today: string}) => Promise<Answer>}
 */
export function reviewer({ course, read, loadBank }) {
  return async ({ today }) => {
    const { ids, due, later } = schedule(read(), course, today);
    const answer = { items: [], plates: {}, due, later, note: '' };
    if (!ids.length) return answer;
    try {
      const bank = await loadBank();
      const items = ids.map((id) => bank.items[id]);
      const plates = items.filter((item) => item.plate).map(({ plate }) => [plate, bank.plates[plate]]);
      return { ...answer, items, plates: Object.fromEntries(plates) };
    } catch {
      return { ...answer, note: 'The questions cannot be loaded just now. Go online once, then open this page again.' };
    }
  };
}

/** Each item by its id, with its version and the title of the lesson that asks it. */
function itemsOf({ lessons }) {
  return new Map(lessons.flatMap(({ title, quizzes }) =>
    Object.values(quizzes).flat().map(([id, version]) => [id, { version, title }])));
}

/** Attempts on a former wording do not count, nor those in quizzes that keep what is right for later. */
const counts = ({ item, item_version, quiz }, items, { later }) =>
  items.get(item)?.version === item_version && !later.includes(quiz);

function byItem(attempts) {
  const found = new Map();
  for (const attempt of [...attempts].sort((a, b) => compare(a.at, b.at))) {
    found.set(attempt.item, [...(found.get(attempt.item) ?? []), attempt]);
  }
  return found;
}

/** The learner's own day on which an item with these tries, oldest first, is due. */
function dueDay(tries) {
  let memory = null;
  let before;
  for (const attempt of tries) {
    const at = Date.parse(attempt.at);
    memory = FSRS.next_state(memory, before === undefined ? 0 : Math.floor((at - before) / DAY), rating(attempt));
    before = at;
  }
  const due = new Date(before + FSRS.next_interval(memory.stability, 0) * DAY);
  return new Date(due - due.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function rating({ score, sure }) {
  if (score < 1) return Rating.Again;
  return sure ? Rating.Good : Rating.Hard;
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** How often each name occurs, in the order in which they first do. */
function tally(names) {
  const counted = new Map();
  for (const name of names) counted.set(name, (counted.get(name) ?? 0) + 1);
  return [...counted];
}
