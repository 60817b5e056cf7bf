// Work out the shared reviews as the page does: `node run.mjs schedule.mjs folder` prints, as JSON, an answer for each
// case and, for each history, the day that follows from each try.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [code, folder] = process.argv.slice(2);
const { schedule } = await import(pathToFileURL(code));
const shared = (name) => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
const FIELDS = ['item', 'item_version', 'quiz', 'at', 'score', 'sure'];
const attempt = (row) => Object.fromEntries(FIELDS.map((name, i) => [name, row[i]]));
const { course, cases } = shared('cases');

const answers = cases.map(({ zone, today, attempts }) => {
  process.env.TZ = zone;
  return schedule(attempts.map(attempt), course, today);
});
process.env.TZ = 'UTC';
const days = shared('histories').map((tries) => tries.map((_, i) => {
  const known = tries.slice(0, i + 1).map((row) => attempt(['poster', 'v1', '04-check', ...row]));
  return schedule(known, course, '').later[0][0];
}));
console.log(JSON.stringify({ answers, days }));
