/** The question on the wall, with what the class has answered; nothing tells right from wrong before the reveal. */
import { histogram, matrix, meters, movesInWords, movesTable, roundsOf } from './bars.js';
import { KINDS, drawPlate, h, plain } from './quiz.js';

const NOW = {
  shown: 'Read and think.',
  closed: 'The vote is closed.',
  talk: 'Talk to your neighbour: what did you choose, and why?',
  revealed: 'The answer',
};
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const RIGHT = () => h('span.tag', h('span', { 'aria-hidden': true }, '✓ '), 'Right');
const rowsOf = (item) => item.pairs ?? item.parts;
const namesOf = (item) => [...rowsOf(item).map((row) => row.right ?? row.text), ...(item.decoys ?? [])];

/** What decides how it is drawn; other changes only set numbers. */
const viewOf = (state) => JSON.stringify([state.quiz, state.item?.id, state.item?.version, state.phase === 'revealed',
  showsBars(state), roundsOf(state), state.mode, state.mode !== 'pace' && state.phase]);
const showsBars = ({ bars, phase, round }) => round > 0 && (bars || phase === 'revealed');

export class Stage {
  constructor(el) {
    this.el = el;
  }

  show(state) {
    const view = viewOf(state);
    if (view !== this.view) this.draw(state);
    this.view = view;
    for (const update of this.updates) update(state.counts ?? {}, state);
  }

  draw(state) {
    this.updates = [];
    this.state = state;
    this.isTold = state.phase === 'revealed';
    this.rounds = roundsOf(state);
    this.hasBars = showsBars(state);
    const { item } = state;
    const answers = this[DRAWN[item.kind]](item);
    const table = this.hasBars && !this.isTold && item.plate && this.table();
    const side = [this.plate(), table, this.isTold && this.explanation()].filter(Boolean);
    const question = h('div.question', h('h1.ask', { html: item.ask }), !this.isTold && this.summary(), answers);
    this.el.replaceChildren(this.over(), h(`div.columns.${side.length ? 'two' : ''}.${this.isTold ? 'is-told' : ''}`,
      question, side.length > 0 && h('div.side', side)));
    this.el.scrollTop = 0;
  }

  /** Keep an update, hand on the node. */
  add([node, update]) {
    this.updates.push(update);
    return node;
  }

  /** Which question it is, and what the class does with it now. */
  over() {
    const { item, at, of } = this.state;
    const task = h('b');
    this.updates.push((counts, { phase, round }) => {
      const vote = `${round > 1 ? 'Vote again' : 'Vote now'}. ${KINDS[item.kind].task}`;
      const text = phase === 'voting' ? vote : NOW[phase];
      if (task.textContent !== text) task.textContent = text;
    });
    return h('p.over', `Question ${at + 1} of ${of}`, task);
  }

  /** How many were right, and who moved. */
  summary() {
    const line = h('p.summary');
    this.updates.push((counts, { moves, phase }) => {
      const told = phase === 'revealed' ? rightInWords(this.rounds, counts) : '';
      const moved = this.hasBars && this.rounds.length > 1 ? movesInWords(moves, this.isTold) : '';
      const text = [told, moved].filter(Boolean).join(' ');
      if (line.textContent !== text) line.textContent = text;
    });
    return line;
  }

  plate() {
    const { item, plates } = this.state;
    return item.plate && h('div.plates', drawPlate({ plates, later: true }, item, []));
  }

  explanation() {
    const { item, moves, order } = this.state;
    const sources = (item.sources ?? []).map(([name]) => name).join(', ');
    return h('div.told', this.summary(), h('h2', 'Why'), h('div', { html: item.why }),
      sources && h('p.sources', `Sources: ${sources}`),
      moves?.options && h('div', movesTable(moves.options, order, LETTERS)));
  }

  // The kinds

  options(item) {
    return h('ol.rows', this.state.order.map((i, at) => {
      const { text, right, feedback } = item.options[i];
      const isRight = this.isTold && right;
      return h(`li.row.${isRight ? 'right' : ''}`, h('span.letter', LETTERS[at]),
        h('div.words', isRight && RIGHT(), h('div', { html: text })),
        this.hasBars && this.add(meters(this.rounds, (counts) => counts.tally[i])),
        this.isTold && h('div.feedback', { html: feedback }));
    }));
  }

  sequence(item) {
    if (this.isTold) {
      const told = ({ text, feedback }, i) => [h('span', { html: text }), feedback, ({ tally }) => tally[i][i]];
      const rows = item.parts.map(told);
      return h('div', h('h2', 'The right order'), this.toldRows(rows, 'had this at its place'));
    }
    const { order } = this.state;
    const row = (i, at) => h('li.row', h('span.letter', LETTERS[at]), h('div.words', { html: item.parts[i].text }));
    const places = order.map((_, at) => `Place ${at + 1}`);
    const columns = order.map((i, at) => [i, LETTERS[at]]);
    const table = () => this.add(matrix(places, columns, this.rounds, 'How many put each part at each place'));
    return h('div.beside', h('ol.rows', order.map(row)), this.hasBars && table());
  }

  names(item) {
    const names = namesOf(item);
    const lefts = rowsOf(item).map(({ left, where }) => left ?? where);
    if (this.isTold) {
      const pair = (i) => h('span', h('span', { html: lefts[i] }), ' → ', h('b', { html: names[i] }));
      const rows = rowsOf(item).map(({ feedback }, i) => [pair(i), feedback, (counts) => chosen(counts, i, names)]);
      return h('div', h('h2', 'What belongs together'), this.toldRows(rows, 'chose this'));
    }
    const offered = this.offered(names);
    const asked = (left, at) => h('li.row', h('span.letter.number', at + 1), h('div.words', { html: left }));
    const offer = (i, at) => h('li', h('span.letter', LETTERS[at]), h('span', { html: names[i] }));
    const pairs = h('div.pairs', h('ol.rows', lefts.map(asked)), h('ul.offers', offered.map(offer)));
    return h('div', pairs, this.hasBars && !item.plate && this.table());
  }

  /** The names on offer, equal ones once, in the order of the display. */
  offered(names) {
    return this.state.order.filter((i) => names.indexOf(names[i]) === i);
  }

  /** How often each name was chosen for each part. */
  table() {
    const { item } = this.state;
    const rows = rowsOf(item).map((_, at) => String(at + 1));
    const columns = this.offered(namesOf(item)).map((i, at) => [i, LETTERS[at]]);
    return this.add(matrix(rows, columns, this.rounds, 'How many chose each name'));
  }

  /** Each part with what is right, how many had it so, and its feedback. */
  toldRows(rows, said) {
    const row = ([content, feedback, read], i) => h('li.row.right', h('span.letter.number', i + 1),
      h('div.words', content), h('div', this.add(meters(this.rounds, read)), h('span.hidden', said)),
      h('div.feedback', { html: feedback }));
    return h('ol.rows', rows.map(row));
  }

  number(item) {
    const { answer, min, max, unit, feedback } = item;
    const found = h('div.words', RIGHT(), h('div', h('b', answer), ' ', h('span', { html: unit })));
    const said = this.isTold && h('div.row.right', found, h('div.feedback', { html: feedback.close }));
    return h('div', this.hasBars ? this.add(histogram(item, this.rounds, this.isTold ? answer : undefined))
      : h('p.range', `From ${min} to ${max} ${plain(unit)}`), said);
  }
}

const DRAWN = {
  one: 'options', several: 'options', order: 'sequence', match: 'names', label: 'names', number: 'number',
};

/** How many chose the right name, under whichever of its equals it was counted. */
const chosen = ({ tally }, at, names) => tally[at].reduce((sum, n, i) => sum + (names[i] === names[at] ? n : 0), 0);

function rightInWords(rounds, counts) {
  const voted = rounds.filter((round) => counts[round]?.votes);
  const said = voted.map((round) => `${counts[round].right} of ${counts[round].votes}`);
  if (!said.length) return 'Nobody voted on this question.';
  return said.length > 1 ? `Right: ${said[0]} at first, ${said[1]} after talking.` : `Right: ${said[0]}.`;
}

/** Everyone at their own speed: how far the class has come with each question. */
export class Sheets {
  constructor(el) {
    this.el = el;
  }

  show(state) {
    const { mode, phase, items, quiz } = state;
    const view = JSON.stringify([quiz, mode, phase]);
    if (view !== this.view) this.draw(mode, phase, items ?? []);
    this.view = view;
    for (const update of this.updates) update(state);
  }

  draw(mode, phase, items) {
    this.updates = [];
    const isOver = phase === 'closed' || phase === 'revealed';
    const what = mode === 'exam' ? 'The test is' : 'The quiz is';
    const rows = items.map((item, i) => this.row(item, i, isOver));
    this.el.replaceChildren(h('h1.ask', `${what} ${isOver ? 'closed' : 'open'}`), h('ol.rows.compact', rows));
  }

  row(item, at, isOver) {
    const fill = h('i');
    const count = h('b');
    this.updates.push(({ answered, pupils }) => {
      const { votes = 0, right } = answered?.[item.id] ?? {};
      fill.style.width = `${pupils ? (100 * votes) / pupils : 0}%`;
      count.textContent = `${votes} of ${pupils}${isOver ? `, ${right ?? 0} right` : ''}`;
    });
    return h('li.row', h('span.letter.number', at + 1), h('div.words.short', plain(item.ask)),
      h('div.meters', h('div.meter.later', h('span.track', fill), count)));
  }
}
