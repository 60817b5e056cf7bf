/**
 * What the class has answered, as bars, tables and a histogram, in colours that say nothing about right and wrong.
 *
 * Each drawing gives `[node, update]`: `update(counts)` sets new numbers in place.
 *
 * @typedef {{votes: number, sure: number, right: number, tally: any}} Counts
 */
import { h } from './quiz.js';

const NTH = { 1: '1st', 2: '2nd', 3: '3rd' };
const nth = (round) => NTH[round] ?? `${round}th`;
const share = (n, votes) => (votes ? n / votes : 0);

/** The rounds to show: the first vote, and the last. */
export const roundsOf = ({ round }) => (round > 1 ? [1, round] : round ? [1] : []);

/** Run each update with the same counts. */
const all = (updates) => (counts) => updates.forEach((update) => update(counts));

/** A bar for each round; `read(counts)` is how many votes it stands for. */
export function meters(rounds, read) {
  const made = rounds.map((round, i) => {
    const fill = h('i');
    const count = h('b');
    const name = rounds.length > 1 && h('span.nth', nth(round));
    const node = h(`div.meter.${i ? 'later' : 'first'}`, name, h('span.track', fill), count);
    const update = (counts) => {
      const here = counts[round];
      const n = here ? read(here) : 0;
      fill.style.width = `${100 * share(n, here?.votes)}%`;
      count.textContent = n;
    };
    return [node, update];
  });
  return [h('div.meters', made.map(([node]) => node)), all(made.map(([, update]) => update))];
}

/** How often each column was chosen for each row, in the last round. `columns`: [canonical index, heading][] */
export function matrix(rows, columns, rounds, caption) {
  const round = rounds.at(-1);
  const cells = rows.map(() => columns.map(() => h('td')));
  const table = h('table.matrix', h('caption', caption),
    h('thead', h('tr', h('td'), columns.map(([, name]) => h('th', { scope: 'col' }, name)))),
    h('tbody', rows.map((row, y) => h('tr', h('th', { scope: 'row' }, row), cells[y]))));
  const update = (counts) => cells.forEach((row, y) => row.forEach((cell, x) => {
    const n = counts[round]?.tally[y][columns[x][0]] ?? 0;
    cell.textContent = n || '·';
    cell.style.setProperty('--share', share(n, counts[round]?.votes).toFixed(2));
  }));
  return [table, update];
}

/** Estimates in bins, the rounds beside one another; `truth` marks what was found, once it is told. */
export function histogram(item, rounds, truth) {
  const bins = h('div.bins');
  const mark = truth === undefined ? null
    : h('div.truth', { style: `left:${100 * share(truth - item.min, item.max - item.min)}%` },
      h('b', `Found: ${truth}`));
  if (mark) mark.classList.toggle('lq-turned', truth > (item.min + item.max) / 2);
  const node = h('div.histogram', h('div.field', bins, mark),
    h('div.scale', h('span', item.min), h('span', { html: item.unit }), h('span', item.max)));
  const update = (counts) => bins.replaceChildren(...columns(rounds, counts));
  return [node, update];
}

function columns(rounds, counts) {
  const tallies = rounds.map((round) => counts[round]?.tally.bins ?? []);
  const most = Math.max(1, ...tallies.flat().map(([, , n]) => n));
  const [longest] = [...tallies].sort((one, other) => other.length - one.length);
  return (longest ?? []).map(([low, high], i) => {
    const here = tallies.map((bins) => bins[i]?.[2] ?? 0);
    const said = `${short(low)} to ${short(high)}: ${here.join(', then ')}`;
    return h('div.bin', { role: 'img', 'aria-label': said }, here.map((n, at) => column(n, most, at)));
  });
}

const column = (n, most, at) =>
  h(`i.${at ? 'later' : 'first'}`, { style: `height:${(100 * n) / most}%` }, n > 0 && h('b', n));
const short = (value) => String(Math.round(value * 100) / 100);

/** Who moved where, in words; `isTold`: what is right is out. */
export function movesInWords(moves, isTold) {
  if (!moves) return '';
  const [[wrong, gained], [lost, right]] = moves.right;
  if (isTold) {
    return `${gained} moved from wrong to right, ${lost} the other way. ${right} stayed right, ${wrong} stayed wrong.`;
  }
  if (!moves.options) return '';
  const stayed = moves.options.reduce((sum, row, i) => sum + row[i], 0);
  const total = moves.options.flat().reduce((sum, n) => sum + n, 0);
  return `${total - stayed} changed their vote, ${stayed} kept it.`;
}

/** From which option to which, by the letters of the display; `order`: the canonical index at each place. */
export function movesTable(options, order, letters) {
  const head = order.map((_, i) => h('th', { scope: 'col' }, letters[i]));
  const row = (from, i) => h('tr', h('th', { scope: 'row' }, letters[i]),
    order.map((to) => h(`td.${from === to ? 'stayed' : ''}`, options[from][to] || '·')));
  return h('table.moves', h('caption', 'From the first vote (rows) to the last (columns)'),
    h('thead', h('tr', h('td'), head)), h('tbody', order.map(row)));
}
