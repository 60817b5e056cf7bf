/**
 * The host of the course's widgets on a page: it mounts each one from the saved state in the page, without a kernel.
 *
 * @typedef {{kind: 'quiz' | 'explore' | 'review', state: Record<string, any>}} Saved
 */
import course from 'lumbar-course';
import * as explore from '../../explore/explore.js';
import * as quiz from '../../quiz/quiz.js';
import { attempts, kept } from './answers.js';

/** Mount every widget of the page; `reviews` is what only lesson 13 has, from reviews.js. */
export async function mountAll(page, reviews) {
  const state = page.getElementById('lumbar-state');
  if (!state) return;
  addEventListener('storage', () => dispatchEvent(new Event('lumbar')));
  const modules = { quiz, explore, review: reviews?.review };
  const schedule = reviews?.schedule(course, () => attempts(kept()));
  const saved = Object.entries(JSON.parse(state.textContent));
  for (const [id, widget] of saved.sort(([, a], [, b]) => (a.kind === 'quiz' ? 0 : 1) - (b.kind === 'quiz' ? 0 : 1))) {
    await mount(page.querySelector(`[data-widget="${id}"]`), widget, modules, schedule);
    await new Promise((go) => setTimeout(go)); // the first quiz can be answered while the others are made
  }
}

async function mount(place, { kind, state }, modules, schedule) {
  const el = place.querySelector('.lumbar-live');
  el.addEventListener('click', follow, true);
  await modules[kind].render({ model: model(state, schedule), el, load: async (name) => modules[name] });
  place.classList.add('is-live');
}

/** What a widget asks of its host. There is no kernel, so answers stay in the browser. */
function model(state, schedule) {
  return {
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; },
    on: (change, tell) => change === 'change:kept' && hear(state, tell),
    save_changes() {},
    widget_manager: { kernel: null },
    schedule,
  };
}

/** Tell a quiz of answers to its questions that were given elsewhere on the page, or in another tab. */
function hear(state, tell) {
  const ids = JSON.parse(state.items).map((item) => item.id);
  const bring = () => {
    const history = attempts(kept()).filter((attempt) => ids.includes(attempt.item));
    state.kept = { kept: [], refused: [], history, note: '' };
    tell();
  };
  addEventListener('lumbar', () => setTimeout(bring)); // the quiz that was answered comes first
}

/** A link that a widget makes to a notebook leads to that lesson's page. */
function follow(event) {
  const link = event.target.closest?.('a[href*=".ipynb"]');
  if (link) link.setAttribute('href', address(link.getAttribute('href')));
}

/** "08-….ipynb#What-is-it?" → "08-….html#what-is-it": Sphinx writes anchors in small letters. */
export function address(href) {
  const [file, anchor] = href.split('#');
  const id = decodeURIComponent(anchor ?? '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return file.replace(/\.ipynb$/, '.html') + (id && `#${id}`);
}
