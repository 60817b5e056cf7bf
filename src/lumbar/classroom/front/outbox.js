/** Votes on their way: one after the other, each again with the same id until the server has kept or refused it. */
import { Refused } from './live.js';
import { newId } from './notes.js';

const FIRST = 400; // milliseconds until the second try, twice as long each time …
const LONGEST = 12000;
const TRIES_AGAIN = [408, 425, 429];

const isFinal = (error) => error instanceof Refused && error.status < 500 && !TRIES_AGAIN.includes(error.status);

export class Outbox {
  /**
   * `post(vote)` sends one and gives the server's answer; `tell.kept(vote, answer)`, `tell.refused(vote, refusal)` and
   * `tell.waits(vote, error)` hear what becomes of it.
   */
  constructor(notes, post, tell) {
    Object.assign(this, { notes, post, tell, wait: FIRST });
    document.addEventListener('visibilitychange', () => document.hidden || this.hurry());
    addEventListener('online', () => this.hurry());
  }

  get waiting() {
    return Object.entries(this.notes.kept.pending);
  }

  /** A new vote on an item takes the place of one that was not sent yet. */
  put(vote) {
    const full = { id: newId(), ...vote };
    this.notes.kept.pending[`${vote.item} ${vote.round}`] = full;
    this.notes.save();
    this.hurry();
    return full;
  }

  hurry() {
    this.wait = FIRST;
    this.wake?.();
    if (!this.isBusy) this.run();
  }

  async run() {
    this.isBusy = true;
    for (let next; (next = this.waiting[0]);) await this.send(...next);
    this.isBusy = false;
  }

  async send(place, vote) {
    try {
      const answer = await this.post(vote);
      this.drop(place, vote);
      this.wait = FIRST;
      this.tell.kept(vote, answer);
    } catch (error) {
      if (isFinal(error)) {
        this.drop(place, vote);
        return this.tell.refused(vote, error);
      }
      this.tell.waits(vote, error);
      await this.pause();
    }
  }

  /** Take it out, unless another has taken its place in the meantime. */
  drop(place, { id }) {
    const { pending } = this.notes.kept;
    if (pending[place]?.id === id) delete pending[place];
    this.notes.save();
  }

  /** Longer each time, and never in step with the rest of the class. */
  pause() {
    const ms = this.wait * (0.5 + Math.random());
    this.wait = Math.min(2 * this.wait, LONGEST);
    return new Promise((go) => {
      this.wake = go;
      setTimeout(go, ms);
    });
  }
}
