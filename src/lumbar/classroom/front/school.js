/** Make a class on a school's server; its link is the only one that leads to the teacher's page. */
import { NO_KEY, takeKey } from './key.js';
import { askJson } from './live.js';
import { h } from './quiz.js';

const $ = (id) => document.getElementById(id);
const key = takeKey('school');
const address = ({ code, key: own }) => `${location.origin}/teach/${code}#${own}`;

async function attempt(does) {
  $('told').textContent = '';
  try {
    await does();
  } catch (error) {
    $('told').textContent = error.status ? error.message : 'The class server does not answer. Try again in a moment.';
  }
}

async function make() {
  const made = await askJson('/api/teach', { key, method: 'POST', body: {} });
  $('made').replaceChildren(h('div.made', h('h2', `Class ${made.code} is made`),
    h('p', 'Keep this address for yourself. It opens the teacher’s page, also on another day.'),
    h('input', { readonly: '', value: address(made), 'aria-label': 'Address of the teacher’s page',
      onfocus: (event) => event.target.select() }),
    h('p', h('a', { href: address(made), rel: 'noopener' }, 'Open the teacher’s page'))));
  await list();
}

async function list() {
  const answer = await askJson('/api/teach', { key });
  const classes = Array.isArray(answer) ? answer : answer.classes;
  $('classes').replaceChildren(...classes.map((each) => h('li', h('b', each.code), ` made ${day(each.made)}`,
    each.ended && `, ended ${day(each.ended)}`)));
}

const day = (at) => new Date(at).toLocaleDateString([], { dateStyle: 'medium' });

$('make').addEventListener('click', () => attempt(make));
if (key) attempt(list);
else {
  $('told').textContent = NO_KEY;
  $('make').hidden = true;
}
