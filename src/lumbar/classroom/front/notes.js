/**
 * What this phone keeps of a class: who the pupil is, what is laid out, and votes that the server has not kept yet.
 *
 * @typedef {{id: string, item: string, item_version: string, round: number, response: any, sure: boolean,
 *   ms: number}} Vote
 * @typedef {{token: string, name: string, drafts: Record<string, object>, pending: Record<string, Vote>}} Kept
 */

const EMPTY = { token: '', name: '', drafts: {}, pending: {} };

export class Notes {
  constructor(code) {
    this.key = `lumbar:class:${code}`;
    /** @type {Kept} */ this.kept = { ...structuredClone(EMPTY), ...read(this.key) };
  }

  set(changes) {
    Object.assign(this.kept, changes);
    this.save();
  }

  save() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.kept));
    } catch {
      this.fails = true; // all goes on in memory
    }
  }

  forget() {
    this.kept = structuredClone(EMPTY);
    try {
      localStorage.removeItem(this.key);
    } catch { /* nothing was kept */ }
  }

  /** What is laid out in one round of a quiz, as the card keeps it. */
  desk(quiz, round) {
    const at = `${quiz} ${round}`;
    return (this.kept.drafts[at] = { seed: 0, at: 0, drafts: {}, ...this.kept.drafts[at], since: '' });
  }

  pending(item, round) {
    return this.kept.pending[`${item} ${round}`];
  }
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return typeof kept?.token === 'string' ? kept : {};
  } catch {
    return {}; // a spoilt entry, or a browser that stores nothing
  }
}

/** 128 random bits as 32 hexadecimal digits: `randomUUID` needs https, and a classroom has none. */
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
