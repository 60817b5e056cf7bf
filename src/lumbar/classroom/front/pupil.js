/** The pupil's page: join, wait, vote, talk, vote again, see the answer; or a quiz or an exam at one's own speed. */
import { Ballot, Sheet } from './card.js';
import { readCode } from './code.js';
import { Live, ask, askJson } from './live.js';
import { Notes } from './notes.js';
import { Outbox } from './outbox.js';
import { clock, minutes, words } from './words.js';

const $ = (id) => document.getElementById(id);
const NO_LINE = 'No connection to the class. This page tries again by itself.';
const NOT_FORGOTTEN = 'No connection just now, so nothing is deleted yet. Try again.';
const NOT_JOINED = 'No connection to the class. Check that your phone is in the same Wi-Fi, and try again.';
const AGAIN = 2000;
const SAID = [300, 60]; // seconds left of a test that are said aloud

/** Set a text only where it differs: a live region says it once. */
const write = (node, text) => node.textContent === text || (node.textContent = text);
const pause = (ms) => new Promise((go) => setTimeout(go, ms));

class Pupil {
  constructor(code, notes) {
    Object.assign(this, { code, notes });
    this.path = `/api/class/${code}`;
    const post = async (vote) => askJson(`${this.path}/votes`, { key: this.token, method: 'POST', body: vote });
    this.outbox = new Outbox(this.notes, post, {
      kept: (vote, answer) => this.kept(vote, answer),
      refused: (vote, refusal) => this.refusedVote(refusal),
      waits: (vote, error) => this.waits(error),
    });
  }

  get token() {
    return this.notes.kept.token;
  }

  // Coming in

  async enter() {
    $('join').hidden = true;
    $('foot').hidden = false;
    write($('who'), `${this.notes.kept.name} · ${this.code}`);
    write($('phase'), 'You are in');
    if (!(await this.fetchMine())) return;
    this.live = new Live(this.path, this.token, {
      hear: (snapshot) => this.hear(snapshot),
      reached: (isReached) => write($('line'), isReached ? '' : NO_LINE),
      refused: (refusal) => this.leave(refusal),
    });
    this.outbox.hurry();
    setInterval(() => this.tick(), 500);
  }

  /** What this pupil has answered so far; asked for until it comes. False where the server knows no such pupil. */
  async fetchMine() {
    for (;;) {
      try {
        const { votes } = await askJson(`${this.path}/mine`, { key: this.token });
        this.mine = votes;
        return true;
      } catch (error) {
        if (error.status === 410) return (this.mine ??= {});
        if (error.status && error.status < 500 && error.status !== 429) return this.leave(error);
        write($('line'), NO_LINE);
        await pause(AGAIN * (0.5 + Math.random()));
      }
    }
  }

  /** The server knows this pupil, or this class, no longer. */
  leave(refusal) {
    this.live?.stop();
    write($('told'), refusal.message);
    if (refusal.status === 401) this.notes.forget();
    if (refusal.status === 410) return false;
    $('card').replaceChildren();
    showJoin(this.code);
    return false;
  }

  async forget() {
    try {
      await ask(`${this.path}/me`, { key: this.token, method: 'DELETE' });
    } catch (error) {
      return write($('told'), error.status ? error.message : NOT_FORGOTTEN);
    }
    this.live?.stop();
    this.notes.forget();
    location.assign('/');
  }

  // What the class does

  async hear(snapshot) {
    this.now = snapshot;
    this.ahead = Date.parse(snapshot.now) - Date.now();
    this.isOpen = snapshot.phase === 'voting' && !snapshot.ended;
    this.tick();
    const view = viewOf(snapshot);
    const isSame = JSON.stringify(view) === JSON.stringify(this.view);
    if (isSame) return this.drawn === this.view && this.follow();
    this.view = view;
    const isKnown = snapshot.phase !== 'revealed' && !(view.item && this.mine[view.item]);
    if (isKnown || (await this.fetchMine())) this.view === view && this.draw();
  }

  /** The heading over the card; the two change together, or one would say what the other does not let you do yet. */
  head() {
    const [phase, hint] = words(this.now);
    write($('phase'), phase);
    write($('hint'), hint);
  }

  /** The question stands as it did: only what can be done with it may have changed. */
  follow() {
    this.head();
    if (!this.card || !(this.card instanceof Ballot) || this.view.kind !== 'form') return;
    this.desk.isOpen = this.isOpen;
    const [item] = this.card.items;
    this.card.ready(item);
    this.card.tell(item);
  }

  draw() {
    this.drawn = this.view;
    this.head();
    const { item, items } = this.now;
    const isPace = this.now.mode === 'pace';
    this.card = null;
    $('card').replaceChildren();
    $('card').className = isPace ? 'is-lettered' : '';
    if (isPace ? !item : !items?.length) return;
    this.desk = this.makeDesk(isPace ? [item] : items);
    this.card = new (isPace ? Ballot : Sheet)(this.desk, $('card'));
  }

  /** @returns {import('./card.js').Desk} */
  makeDesk(items) {
    const { mode, quiz, title = '', at, of, round, plates, told } = this.now;
    const own = Object.entries(this.mine).flatMap(([id, vote]) => (vote.told ? [[id, vote.told]] : []));
    const known = { ...Object.fromEntries(own), ...(told && { [told.item.id]: told }) };
    const isTold = this.view.kind === 'told';
    const now = this.notes.desk(quiz, round || 1);
    return {
      mode, quiz, title, at: at + 1, of, round: round || 1, plates, items, now, view: this.view.kind,
      isOpen: this.isOpen,
      told: mode === 'exam' || (mode === 'pace' && !isTold) ? {} : known,
      later: mode === 'exam' || (mode === 'pace' && !isTold) || this.isLater(),
      mine: (each) => this.mine[each.id],
      delivery: (each) => this.delivery(each),
      send: (...answer) => this.send(...answer),
      save: () => this.notes.save(),
    };
  }

  /** Answers were kept without saying what is right. */
  isLater() {
    return Object.values(this.mine).some((vote) => !vote.told) && this.now.mode === 'open';
  }

  /** The time that is left, where there is an end. */
  tick() {
    const { until, phase, ended } = this.now ?? {};
    const isRunning = Boolean(until && phase === 'voting' && !ended);
    $('time').hidden = !isRunning;
    if (!isRunning) return;
    const left = (Date.parse(until) - Date.now() - this.ahead) / 1000;
    write($('time'), left > 0 ? `${minutes(left)} left, until ${clock(until)}` : 'The time is over.');
    const mark = SAID.find((each) => this.left > each && left <= each);
    if (mark) write($('hint'), `${mark / 60} minute${mark > 60 ? 's' : ''} left.`);
    this.left = left;
  }

  // Votes

  send(item, response, sure, ms) {
    write($('told'), '');
    this.isWaiting = false;
    this.outbox.put({ item: item.id, item_version: item.version, round: this.desk.round, response, sure, ms });
  }

  delivery(item) {
    const isPending = this.notes.pending(item.id, this.desk?.round ?? this.now.round ?? 1);
    return isPending ? (this.isWaiting ? 'waiting' : 'sending') : '';
  }

  kept(vote, { told }) {
    const { item, round, response, sure } = vote;
    this.isWaiting = false;
    write($('told'), '');
    const at = new Date().toISOString();
    this.mine[item] = { round, response: told ? inBank(told, response) : response, sure, at, told };
    this.settle(item);
  }

  waits(error) {
    this.isWaiting = true;
    if (error.status) write($('told'), error.message);
    this.settleNotice();
  }

  /** Too late, from an old page, twice …: the server's sentence, and what it has of this pupil. */
  async refusedVote(refusal) {
    this.isWaiting = false;
    if (refusal.status === 401) return this.leave(refusal);
    write($('told'), refusal.message);
    if (await this.fetchMine()) this.draw();
  }

  /** The server has kept a vote: show it where the pupil is. */
  settle(id) {
    if (this.card instanceof Sheet) {
      const { told } = this.mine[id];
      if (told) this.desk.told[id] = told;
      this.desk.later = this.now.mode === 'exam' || this.isLater();
      this.card.taken(id);
    } else if (this.view?.kind === 'form') {
      this.settleNotice();
      this.card.status.scrollIntoView({ block: 'nearest' });
    }
    else if (this.view) this.draw();
  }

  settleNotice() {
    const item = this.card?.items[this.card.now.at];
    if (item && (this.card instanceof Sheet ? this.delivery(item) : this.view.kind === 'form')) this.card.tell(item);
  }
}

/** What decides how the question is drawn: as long as it stays the same, nothing under a finger moves. */
function viewOf({ mode, quiz, phase, round, ended, item, items }) {
  const versions = items?.map((each) => each.id + each.version);
  if (mode !== 'pace') return { kind: 'sheet', mode, quiz, phase, ended, versions };
  const isForm = ['shown', 'voting'].includes(phase) && !ended;
  const kind = isForm ? 'form' : phase === 'revealed' ? 'told' : 'fixed';
  return { kind, quiz, item: item?.id, version: item?.version, round: round || 1 };
}

/** A response in the order of the display, in the order of the bank. */
function inBank({ item, order }, response) {
  if (item.kind === 'number') return response;
  return Array.isArray(response) ? response.map((i) => (i === null ? null : order[i])) : order[response];
}

// ---- Joining ----

function showJoin(code) {
  $('join').hidden = false;
  $('foot').hidden = true;
  $('time').hidden = true;
  write($('who'), '');
  write($('phase'), 'Join the class');
  write($('hint'), '');
  $('code').value = code;
  $('join').querySelector('button').focus();
}

async function join(code, notes) {
  const { token, name } = await askJson('/api/join', { method: 'POST', key: notes.kept.token, body: { code } });
  notes.set({ token, name });
}

$('join').addEventListener('submit', async (event) => {
  event.preventDefault();
  const { code, problem } = readCode($('code').value);
  write($('told'), problem);
  if (problem) return $('code').focus();
  try {
    const notes = new Notes(code);
    await join(code, notes);
    if (readCode(location.pathname.slice(1)).code === code) start(code, notes);
    else location.assign(`/${code}`);
  } catch (error) {
    write($('told'), error.status ? error.message : NOT_JOINED);
  }
});

let pupil;
function start(code, notes) {
  pupil = new Pupil(code, notes);
  pupil.enter();
}

$('forget').addEventListener('click', () => $('sure').showModal());
$('sure-no').addEventListener('click', () => $('sure').close());
$('sure-yes').addEventListener('click', () => {
  $('sure').close();
  pupil.forget();
});

const { code, problem } = readCode(decodeURIComponent(location.pathname.slice(1)));
const before = new Notes(code);
if (!problem && before.kept.token) start(code, before);
else showJoin(problem ? '' : code);
