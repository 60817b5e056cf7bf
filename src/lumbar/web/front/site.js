/** What every page runs. */
import course from 'lumbar-course';

import { loadBank } from './bank.js';
import { start } from './chrome.js';
import { mountAll } from './host.js';
import { keepCourse } from './offline.js';
import { mount as mountProgress } from './progress.js';

const root = document.documentElement;

start(course);
const progress = document.getElementById('progress');
if (progress) mountProgress(progress, { course, loadBank });
keepCourse();
mountAll(document, globalThis.lumbarReviews).finally(() => {
  root.classList.add('is-ready');
  setTimeout(settle, 300);
});

// Whoever does something on the page finds all of it laid out.
for (const act of ['keydown', 'pointerdown', 'wheel']) addEventListener(act, settle, { capture: true, passive: true });

function settle() {
  root.classList.remove('is-brisk');
}
