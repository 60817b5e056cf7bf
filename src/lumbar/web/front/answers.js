/**
 * One's answers in this browser, and as a file that the notebooks read and write, too (`lumbar.portable`).
 * tests/web/progress_cases.json holds the two together.
 *
 * @typedef {import('../../quiz/quiz.js').Attempt} Attempt
 * @typedef {import('../../quiz/quiz.js').Item} Item
 */
import { mark } from '../../quiz/quiz.js';

const FORMAT = 'lumbar-progress';
const VERSION = 1;
const LARGEST = 5_000_000; // bytes of a file
const MOST = 50_000; // answers in it
const LONGEST = 20_000; // characters of a response, or of one part of a plan

const OURS = 'lumbar:';
const ATTEMPT = `${OURS}attempt:`;
const PLAN = `${OURS}plan`;
const THEME = `${OURS}theme`; // the look of the pages is no answer

/** The file cannot be taken in. The message says why, in sentences; nothing was changed. */
export class NotTaken extends Error {
  constructor(why) {
    super(`${why} Nothing was changed.`);
  }
}

// ---- What this browser keeps ----

/** The browser's storage; where it is blocked, one that holds nothing and has no room. @returns {Storage} */
export function kept() {
  try {
    localStorage.getItem('');
    return localStorage;
  } catch {
    const full = () => { throw new DOMException('', 'QuotaExceededError'); };
    return { length: 0, key: () => null, getItem: () => null, removeItem() {}, setItem: full };
  }
}

const keys = (storage) => Array.from({ length: storage.length }, (_, i) => storage.key(i));

/** The attempts that are kept here, oldest first; a spoilt entry is passed over. @returns {Attempt[]} */
export function attempts(storage) {
  const entries = keys(storage).filter((key) => key.startsWith(ATTEMPT)).map((key) => parsed(storage.getItem(key)));
  const sound = entries.map(timed).filter((entry) => !faultIn(entry)).map(plain);
  return sound.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}

/** A clock that was set back while a question was open must not cost the answer. */
const timed = (entry) => (Number.isInteger(entry?.ms) && entry.ms < 0 ? { ...entry, ms: 0 } : entry);

/** What was written into the plan. @returns {Record<string, string>} */
function plan(storage) {
  const written = parsed(storage.getItem(PLAN));
  return isPlan(written) ? written : {};
}

/** Delete all answers, drafts and the plan; how many answers there were. */
export function deleted(storage) {
  const ours = keys(storage).filter((key) => key.startsWith(OURS) && key !== THEME);
  for (const key of ours) storage.removeItem(key);
  return ours.filter((key) => key.startsWith(ATTEMPT)).length;
}

// ---- As a file ----

/** The text of the file with all answers and the plan. */
export function exported(storage) {
  const written = Object.entries(plan(storage)).filter(([, text]) => text);
  const file = { format: FORMAT, version: VERSION, attempts: attempts(storage) };
  return `${JSON.stringify(written.length ? { ...file, plan: Object.fromEntries(written) } : file)}\n`;
}

/** The text of a file that someone chose. Throws `NotTaken` where it is too large or no text. @param {Blob} file */
export async function opened(file) {
  if (file.size > LARGEST) throw new NotTaken(LARGE);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new NotTaken(DAMAGED);
  }
}

/**
 * Take in the answers of such a file, all or none. Throws `NotTaken`; the storage is then as it was before.
 * @param {Record<string, Item>} items  the course's, by id
 * @returns {{new: number, known: number, plan: boolean}}  `plan`: whether it brought some of a plan
 */
export function imported(text, storage, items) {
  const file = read(text);
  const here = new Map(attempts(storage).map((attempt) => [attempt.id, attempt]));
  const fresh = new Map();
  const faults = [];
  for (const [i, sent] of file.attempts.entries()) {
    const item = itemOf(items, sent);
    const fault = faultIn(sent) || misfit(sent, item) || clash(sent, here.get(sent.id) ?? fresh.get(sent.id));
    if (fault) faults.push([i + 1, fault]);
    else if (!here.has(sent.id)) fresh.set(sent.id, scored(plain(sent), item));
  }
  if (faults.length) throw new NotTaken(told(faults, file.attempts.length));
  const written = plan(storage);
  // What is written here stays.
  const parts = Object.entries(file.plan).filter(([part, words]) => words && !written[part]);
  const changes = [...fresh].map(([id, attempt]) => [ATTEMPT + id, attempt]);
  if (parts.length) changes.push([PLAN, { ...written, ...Object.fromEntries(parts) }]);
  write(storage, changes);
  return { new: fresh.size, known: file.attempts.length - fresh.size, plan: parts.length > 0 };
}

const FOREIGN = 'This is not a progress file of this course.';
const DAMAGED = 'This file is damaged, or it is not a progress file of this course.';
const NEWER = 'This file was written by a newer version of this course: bring the course up to date, then try again.';
const LARGE = 'This file is larger than 5 MB: that is too large for a progress file.';
const MANY = 'This file holds more than 50,000 answers: that is too many for a progress file.';

/** The file's attempts, each still to be checked, and its plan. */
function read(text) {
  const file = parsed(text);
  if (file === undefined) throw new NotTaken(DAMAGED);
  const { format = FORMAT, version = VERSION, attempts: sent, plan: written = {} } = isRecord(file) ? file : {};
  if (format !== FORMAT) throw new NotTaken(FOREIGN);
  if (Number.isInteger(version) && version > VERSION) throw new NotTaken(NEWER);
  if (version !== VERSION || !Array.isArray(sent)) throw new NotTaken(FOREIGN);
  if (sent.length > MOST) throw new NotTaken(MANY);
  if (!isPlan(written)) throw new NotTaken('The plan in this file cannot be read.');
  return { attempts: sent, plan: written };
}

/** Write all of it or nothing: a browser may have no room left half-way. */
function write(storage, changes) {
  const before = changes.map(([key]) => [key, storage.getItem(key)]);
  try {
    for (const [key, value] of changes) storage.setItem(key, JSON.stringify(value));
  } catch {
    // The last one first: each step back has the room that it had on the way.
    for (const [key, old] of before.reverse()) {
      if (old === null) storage.removeItem(key);
      else storage.setItem(key, old);
    }
    throw new NotTaken('This browser has no room for these answers.');
  }
}

function told(faults, count) {
  const [[number, why], ...more] = faults;
  return `Answer ${number} of ${count} in this file cannot be kept: ${why}.`
    + (more.length ? ` ${more.length} more cannot be kept either.` : '');
}

// ---- One attempt, checked as `lumbar.progress` does it ----

const NAME = /^(?:[^\p{C}\p{Z}]| )+$/u;
const TIME = /^\d{4}(-\d\d){2}T(?:[01]\d|2[0-3])(:[0-5]\d){2}(?:\.\d{1,6})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isName = (value) => typeof value === 'string' && NAME.test(value) && [...value].length <= 200;
const isNumber = (value, most) => typeof value === 'number' && value >= 0 && value <= most;
const isPlan = (value) =>
  isRecord(value) && Object.values(value).every((text) => typeof text === 'string' && text.length <= LONGEST);

const CHECKS = {
  id: isName,
  item: isName,
  item_version: isName,
  quiz: isName,
  sure: (value) => typeof value === 'boolean',
  score: (value) => isNumber(value, 1),
  ms: (value) => Number.isInteger(value) && isNumber(value, 1e12),
  at: (value) => typeof value === 'string' && utc(value) !== null,
};
// What makes two attempts of one id the same.
const SENT = ['item', 'item_version', 'quiz', 'response', 'sure', 'ms', 'at'];

function faultIn(sent) {
  if (!isRecord(sent)) return 'it is not an attempt';
  const wrong = Object.keys(CHECKS).find((name) => !CHECKS[name](sent[name]));
  if (wrong) return `its ${wrong} is missing or not as it should be`;
  return weight(sent.response) > LONGEST ? 'its response is too long' : '';
}

const misfit = ({ response }, item) =>
  (item && !mark(item, response).answered ? 'its response does not fit the question' : '');

function clash(sent, before) {
  const differs = before && SENT.some((name) => !same(before[name], plain(sent)[name]));
  return differs ? 'another answer was kept under this id before' : '';
}

/** The item, where the course has the version that was answered. */
function itemOf(items, sent) {
  const item = isName(sent?.item) && Object.hasOwn(items, sent.item) ? items[sent.item] : undefined;
  return item?.version === sent?.item_version ? item : undefined;
}

/** The attempt with its fields alone and its time in UTC, as the quiz keeps it. @returns {Attempt} */
function plain({ id, item, item_version, quiz, response = null, sure, score, ms, at }) {
  return { id, learner: '', item, item_version, quiz, response, sure, score, ms, at: utc(at) };
}

const scored = (attempt, item) => (item ? { ...attempt, score: mark(item, attempt.response).score } : attempt);

/** The time in UTC; null where it is none, or too far from now for a calendar to go on from. */
function utc(text) {
  const day = text.slice(0, 10);
  const isDay = TIME.test(text) && new Date(Date.parse(day) || 0).toISOString().startsWith(day); // no 30 February
  const at = isDay ? new Date(text).toISOString() : '';
  return at >= '1970' && at < '2200' ? at : null;
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function weight(response = null) {
  try {
    return JSON.stringify(response).length;
  } catch {
    return Infinity; // no end of lists in lists
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
