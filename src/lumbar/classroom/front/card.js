/**
 * The quiz's own card as a pupil in a class has it: what is shuffled and what is right come from the server.
 *
 * @typedef {{id: string, round: number, response: any, sure: boolean, at: string}} Mine  `id`: of the item
 * @typedef {{view: 'form' | 'fixed' | 'told', isOpen: boolean, mode: string, at: number, of: number, round: number,
 *   quiz: string, title: string, items: object[], plates: Record<string, string>, later: boolean,
 *   told: Record<string, {item: object, order: number[]}>,
 *   mine: (item: object) => Mine | undefined, delivery: (item: object) => string, send: Function, now: object}} Desk
 */
import { Card, KINDS, button, h, plain } from './quiz.js';

const KEPT = {
  pace: 'Your vote is in. You can change it until the vote closes.',
  open: 'Your answer is in.',
  exam: 'Your answer is in. It stays as it is.',
};
const SENDING = {
  sending: 'Sending …',
  waiting: 'No connection just now. Your answer is kept on this phone and goes out by itself.',
};

/** An item as the card draws it, also where nothing on what is right has come yet. */
const silent = (option) => ({ feedback: '', ...option });
const drawable = (item) => (item.options ? { ...item, options: item.options.map(silent) } : item);
const same = (one, other) => JSON.stringify([one.response, one.sure]) === JSON.stringify([other.response, other.sure]);
const attempt = (desk, item, mine) =>
  ({ ...mine, id: item.id, item: item.id, item_version: item.version, quiz: desk.quiz });

/** What the card asks of its host, made of what the pupil has on the desk. */
function model(desk) {
  const items = desk.items.map((item) => desk.told[item.id]?.item ?? drawable(item));
  const mine = items.flatMap((item) => (desk.mine(item) ? [attempt(desk, item, desk.mine(item))] : []));
  const attempts = new Map(mine.map((each) => [each.id, each]));
  const keep = (each) => attempts.set(each.id, each);
  const memory = { attempts, now: desk.now, save: desk.save, keep, waiting: () => [] };
  const state = { quiz: desk.quiz, title: desk.title, plates: desk.plates, items: JSON.stringify(items),
    feedback: desk.later ? 'later' : 'now' };
  return { desk, memory, get: (name) => state[name], on() {} };
}

class Handed extends Card {
  /** @param {Desk} desk */
  constructor(desk, el) {
    super(model(desk), el);
  }

  get desk() {
    return this.model.desk;
  }

  handOver() {} // votes go by the outbox

  order(item, count) {
    return this.desk.told[item.id]?.order ?? [...Array(count).keys()];
  }

  startOrder(item) {
    return this.order(item, item.parts.length);
  }

  drawOpen(item) {
    super.drawOpen(item);
    this.tell(item);
  }

  ask() {
    return this.desk.mode === 'pace' ? 'Send my vote' : 'Send my answer';
  }

  /** What becomes of the answer that was sent. */
  tell(item) {
    const state = this.desk.delivery(item);
    const mine = this.desk.mine(item);
    const isIn = mine && mine.round === this.desk.round && same(mine, this.draft(item));
    this.checker.textContent = isIn ? 'Sent' : mine?.round === this.desk.round ? 'Send my change' : this.ask();
    this.checker.classList.toggle('lq-waiting', Boolean(isIn || this.missing(item)));
    if (SENDING[state]) this.say(SENDING[state]);
    else if (isIn) this.say(KEPT[this.desk.mode], 'kept');
    else if (mine?.round === this.desk.round) this.say('Not sent yet: your vote before this change still counts.');
    else this.say('');
  }

  send(item) {
    const problem = this.missing(item);
    if (problem) return this.say(problem);
    const { response, sure } = this.draft(item);
    if (this.checker.textContent !== 'Sent') this.desk.send(item, response, sure, Date.now() - this.shown);
    this.tell(item);
  }
}

/** One question that the teacher shows: laid out, voted on, waited with, and explained. */
export class Ballot extends Handed {
  drawHead() {}

  drawNote() {}

  drawItem(item) {
    const { view, at, of } = this.desk;
    const mine = view !== 'form' && this.answer(item);
    this.body.append(h('h4.quiet', { tabindex: -1 }, `Question ${at} of ${of}`));
    if (mine) this.drawAnswered(item, mine);
    else if (view === 'told') this.drawTold(item);
    else this.drawOpen(item);
  }

  drawOpen(item) {
    const mine = this.desk.mine(item);
    if (mine && this.draft(item).response === null) {
      const isOfNow = mine.round === this.desk.round;
      this.setDraft(item, { response: mine.response, sure: isOfNow ? mine.sure : undefined });
    }
    super.drawOpen(item);
    if (this.desk.round > 1) this.drawFirst(item);
    if (this.desk.view === 'fixed') this.fix();
  }

  /** The pupil's own first vote, over the form that is filled in with it. */
  drawFirst() {
    this.body.firstChild.after(h('p.quiet', this.desk.mine(this.items[0])
      ? 'Your first vote is filled in. Keep it or change it, say how sure you are now, and send.'
      : 'You have no first vote on this one. You can vote now.'));
  }

  /** Nothing can be laid out any more. */
  fix() {
    for (const set of this.body.querySelectorAll('fieldset')) set.disabled = true;
    this.body.querySelector('.lq-commit').hidden = true;
    if (!this.desk.delivery(this.items[0])) this.say('You have not voted on this question.');
  }

  drawAnswered(item, mine) {
    super.drawAnswered(item, mine);
    this.after.lastChild.remove(); // no second try
  }

  /** What is right, for a pupil who did not vote. */
  drawTold(item) {
    this.body.append(h('div.ask', { html: item.ask }), h('div.question', right(this, item)));
    this.after.append(h('div.explain', { html: item.why }));
    this.say('You have not voted on this question.');
  }

  verdict(item, mine, state) {
    return state === 'kept' ? 'This is your vote.' : super.verdict(item, mine, state);
  }

  set(...change) {
    super.set(...change);
    this.tell(change[0]);
  }

  missing(item) {
    return this.desk.isOpen ? super.missing(item) : 'The vote is not open yet. Your choice stays here.';
  }

  check(item) {
    this.send(item);
  }
}

/** What is right, where there is no answer to explain. */
function right(card, item) {
  if (item.options || item.kind === 'order') return KINDS[item.kind].explain(card, item, []);
  if (item.kind === 'number') return h('p', 'Found: ', h('b', item.answer, ' '), h('span', { html: item.unit }));
  const pairs = item.pairs ?? item.parts.map(({ where, text }) => ({ left: where, right: text }));
  return h('ul.list', pairs.map((pair) => h('li', `${plain(pair.left)} → `, h('b', { html: pair.right }))));
}

/** A whole quiz at the pupil's own speed: in the open with feedback, in an exam without. */
export class Sheet extends Handed {
  drawItem(item) {
    super.drawItem(item);
    const next = this.foot.lastChild;
    if (this.later && next.textContent.startsWith('See')) next.textContent = 'To the end →';
  }

  drawOpen(item) {
    super.drawOpen(item);
    const isSent = Boolean(this.desk.delivery(item));
    if (this.isPractice(item)) this.checker.textContent = 'Check';
    if (this.desk.mode === 'exam' && !isSent) {
      const warning = h('p.once', 'You have one attempt. You cannot change this answer afterwards.');
      this.checker.closest('.lq-commit').before(warning);
    }
    if (isSent || !this.desk.isOpen) this.fix();
  }

  /** What was sent, or comes too late, cannot be changed. */
  fix() {
    for (const set of this.body.querySelectorAll('fieldset')) set.disabled = true;
    this.checker.hidden = true;
  }

  /** What is right is known: a further try is for the pupil alone. */
  isPractice(item) {
    return Boolean(this.desk.told[item.id]);
  }

  drawAnswered(item, mine) {
    super.drawAnswered(item, mine);
    const again = this.after.lastChild;
    if (this.desk.mode === 'exam' || !this.desk.isOpen) again.remove();
    else if (this.isPractice(item)) {
      again.after(h('p.quiet', 'Trying again is for yourself: your first answer counts.'));
    }
  }

  verdict(item, mine, state) {
    return state === 'kept' ? KEPT[this.desk.mode] : super.verdict(item, mine, state);
  }

  drawEnd() {
    if (!this.later) return super.drawEnd();
    const open = this.items.filter((item) => this.state(item) === 'open');
    this.body.append(h('h4.quiet', { tabindex: -1 }, 'Your answers'),
      h('p.score', `${this.items.length - open.length} of ${this.items.length} answered`));
    if (open.length && this.desk.isOpen) {
      const go = () => this.go(this.items.indexOf(open[0]));
      this.after.append(button(`Answer what is open (${open.length})`, go, 'main'));
    } else if (!open.length) this.body.append(h('p', 'All your answers are in. You can put your phone away.'));
  }

  check(item) {
    if (this.isPractice(item)) return super.check(item);
    this.send(item);
    if (this.desk.delivery(item)) this.fix();
  }

  /** The server has kept an answer, and may have told what is right. */
  taken(id) {
    const at = this.items.findIndex((item) => item.id === id);
    if (at < 0) return;
    const { told, later } = this.desk;
    this.later = later;
    if (told[id]) this.items[at] = told[id].item;
    const item = this.items[at];
    this.memory.keep(attempt(this.desk, item, this.desk.mine(item)));
    this.setDraft(item);
    this.drawHead();
    if (this.now.at === at) this.redraw();
  }

  /** Draw the question anew, and lead to what is told. */
  redraw() {
    const hadFocus = this.root.contains(document.activeElement) || document.activeElement === document.body;
    this.drawBody();
    if (!hadFocus) return;
    (this.after.querySelector('[tabindex]') ?? this.foot.lastChild).focus({ preventScroll: true });
    this.status.scrollIntoView({ block: 'nearest' });
  }
}
