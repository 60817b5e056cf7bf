// What the page does with progress files: `node progress.mjs answers.mjs cases.json` prints, as JSON, what came of
// each case; with a file after that, it takes in that file alone and prints what the page would export.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [code, cases, file] = process.argv.slice(2);
const { NotTaken, attempts, deleted, exported, imported, opened } = await import(pathToFileURL(code));
const given = JSON.parse(readFileSync(cases, 'utf8').replace(/"x\*(\d+)"/g, (_, count) => `"${'x'.repeat(count)}"`));

/** A browser's storage, with room for so many entries. */
class Storage {
  constructor(entries = [], room = Infinity) {
    this.entries = new Map(entries);
    this.room = room;
  }

  get length() { return this.entries.size; }
  key(i) { return [...this.entries.keys()][i] ?? null; }
  getItem(key) { return this.entries.get(key) ?? null; }
  removeItem(key) { this.entries.delete(key); }
  setItem(key, value) {
    if (!this.entries.has(key) && this.length >= this.room) throw new DOMException('full', 'QuotaExceededError');
    this.entries.set(key, String(value));
  }

  get all() { return JSON.stringify([...this.entries]); }
}

const kept = (entries) => entries.map((entry) => [`lumbar:attempt:${entry.id}`, JSON.stringify({ ...entry, kept: true })]);

/** What came of taking in that text. */
function taken(text, storage) {
  const before = storage.all;
  try {
    const took = imported(text, storage, given.items);
    return { took, then: JSON.parse(exported(storage)) };
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error;
    return { says: error.message, changed: storage.all !== before };
  }
}

function situation({ kept: here, written, file: content, text, many }) {
  const storage = new Storage([...kept(here), ['lumbar:plan', JSON.stringify(written)], ['lumbar:theme', 'dark']]);
  if (many) content.attempts = Array(many).fill(0);
  return taken(text ?? JSON.stringify(content), storage);
}

const attempt = { id: 'a', learner: '', item: 'one', item_version: 'v1', quiz: '08-check', response: 1, sure: true,
  score: 1, ms: 9, at: '2026-03-01T10:00:00.000Z' };
const sent = ['1', '2', '3', '4'].map((id) => ({ ...attempt, id }));
const four = JSON.stringify({ attempts: sent, plan: { matters: 'the bus' } });
const KEPT = [['lumbar:theme', 'dark'], ['lumbar:quiz:08-check', '{}']];
const saying = (work) => work.then(() => '', (error) => error.message);

async function more() {
  const rooms = [0, 1, 2, 3, 4].map((room) => {
    const old = [['other', 'x'], ['lumbar:attempt:2', '{spoilt'], ...KEPT];
    return taken(four, new Storage(old, old.length + room));
  });
  const spoilt = new Storage([...kept([attempt, { ...attempt, id: 'b', ms: -5 }]), ['lumbar:attempt:c', '{'],
    ['lumbar:attempt:d', 'null'], ['lumbar:attempt:e', '{"id":"e","ms":{"valueOf":1,"toString":1}}'],
    ['lumbar:attempt:f', '7'], ['lumbar:plan', '["x"]']]);
  const own = exported(spoilt);
  const full = new Storage([...kept([attempt]), ...KEPT, ['lumbar:plan', '{}'], ['other', 'x']]);
  return {
    rooms,
    spoilt: attempts(spoilt).map(({ id, ms }) => [id, ms]),
    own: taken(own, spoilt).took,
    elsewhere: taken(own, new Storage()).took,
    deleted: [deleted(full), full.all],
    huge: await saying(opened({ size: 5_000_001 })),
    binary: await saying(opened(new Blob([new Uint8Array([0xff, 0xfe, 0x00])]))),
    marked: await opened(new Blob(['\ufeff{}'])),
  };
}

if (file) {
  const storage = new Storage();
  imported(readFileSync(file, 'utf8'), storage, given.items);
  process.stdout.write(exported(storage));
} else {
  console.log(JSON.stringify({ cases: given.cases.map(situation), ...await more() }));
}
