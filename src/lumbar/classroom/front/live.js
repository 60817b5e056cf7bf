/**
 * The server: asking it, and hearing from it as the class goes on.
 *
 * @typedef {{hear: (snapshot: object) => void, reached: (isReached: boolean) => void,
 *   refused: (refusal: Refused) => void}} Listener
 */

const PATIENCE = 10000; // an answer takes no longer
const FIRST_WORD = 6000; // a stream begins with a snapshot; where none comes, something on the way holds it back
const HEARTBEAT = 40000; // the server's comes every 15 s
const OFTEN = 2000; // between two questions where streams do not get through
const FINAL = [401, 403, 404, 410]; // asking again changes nothing

/** The server's own sentence on why it does not do what was asked. */
export class Refused extends Error {
  constructor(status, { error, code } = {}) {
    super(error || 'The class server gave no sensible answer. Load this page again.');
    Object.assign(this, { status, code });
  }
}

/** Ask the server; `seen` is the ETag of the answer at hand. Throws `Refused`, or what fetch throws. */
export async function ask(path, { key, method = 'GET', body, seen } = {}) {
  const headers = sent({
    Authorization: key && `Bearer ${key}`, 'Content-Type': body && 'application/json', 'If-None-Match': seen,
  });
  const signal = AbortSignal.timeout?.(PATIENCE);
  const answer = await fetch(path, { method, headers, signal, body: body && JSON.stringify(body), cache: 'no-store' });
  if (answer.ok || answer.status === 304) return answer;
  throw new Refused(answer.status, await answer.json().catch(() => ({})));
}

export const askJson = async (path, options) => (await ask(path, options)).json();

const sent = (headers) => Object.fromEntries(Object.entries(headers).filter(([, value]) => value));

/** Hears each snapshot of a class: by a stream, and by asking where streams do not get through. */
export class Live {
  /** @param {string} path  of the snapshot @param {string} key @param {Listener} listener */
  constructor(path, key, listener) {
    Object.assign(this, { path, key, listener, failures: 0, latest: '' });
    document.addEventListener('visibilitychange', () => document.hidden || this.look());
    addEventListener('online', () => this.look());
    this.run();
  }

  stop() {
    this.isOver = true;
    this.hangUp?.abort();
  }

  async run() {
    for (let turn = 0; !this.isOver; turn += 1) {
      // Two streams failed: ask now and then, and try a stream at every tenth turn.
      const asks = this.failures >= 2 && turn % 10;
      await (asks ? this.poll() : this.stream());
      if (!this.isOver) await this.pause(this.failures ? OFTEN : 100);
    }
  }

  /** Wait about so long, or until somebody looks at the page again. */
  pause(ms) {
    return new Promise((go) => {
      this.wake = go;
      setTimeout(go, ms * (0.5 + Math.random()));
    });
  }

  /** Somebody looks: ask at once, since a phone that slept may hold a stream that is dead. */
  look() {
    if (this.isOver) return;
    this.wake?.();
    this.poll();
  }

  async poll() {
    try {
      const answer = await ask(this.path, { key: this.key, seen: this.seen });
      if (answer.status !== 304) {
        this.take(await answer.json());
        this.seen = answer.headers.get('ETag');
      }
      this.listener.reached(true);
    } catch (error) {
      this.miss(error);
    }
  }

  /** Read the stream to its end. It always ends as a miss: the server's end, a lost connection, or silence. */
  async stream() {
    this.hangUp = new AbortController();
    this.expect(FIRST_WORD);
    try {
      const { signal } = this.hangUp;
      const headers = { Authorization: `Bearer ${this.key}` };
      const answer = await fetch(`${this.path}/events`, { headers, signal, cache: 'no-store' });
      if (!answer.ok) throw new Refused(answer.status, await answer.json().catch(() => ({})));
      await this.read(answer.body.pipeThrough(new TextDecoderStream()).getReader());
      this.miss();
    } catch (error) {
      this.miss(error);
    }
    clearTimeout(this.silence);
  }

  async read(reader) {
    let text = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      this.expect(HEARTBEAT);
      const events = (text + value).replaceAll('\r', '').split('\n\n');
      text = events.pop();
      for (const event of events) this.event(event);
    }
  }

  event(event) {
    const lines = event.split('\n').filter((line) => line.startsWith('data:'));
    if (!lines.length) return;
    this.failures = 0;
    this.take(JSON.parse(lines.map((line) => line.slice(5)).join('\n')));
    this.listener.reached(true);
  }

  expect(ms) {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.hangUp.abort(), ms);
  }

  /** Hand on what is not older than what was heard. */
  take(snapshot) {
    const late = Date.parse(this.latest) - Date.parse(snapshot.now);
    if (this.isOver || (late > 0 && late < PATIENCE)) return; // older than that, the server's clock was put back
    this.latest = snapshot.now;
    this.listener.hear(snapshot);
  }

  miss(error) {
    if (this.isOver) return;
    this.failures += 1;
    if (error instanceof Refused && FINAL.includes(error.status)) {
      this.stop();
      this.listener.refused(error);
    } else if (this.failures > 1) this.listener.reached(false);
  }
}
