/** What every page runs. */
import course from 'lumbar-course';

import { loadBank } from './bank.js';
import { start } from './chrome.js';
import { mountAll } from './host.js';
import { keepCourse } from './offline.js';
import { mount as mountProgress } from './progress.js';

start(course);
const progress = document.getElementById('progress');
if (progress) mountProgress(progress, { course, loadBank });
keepCourse();
mountAll(document, globalThis.lumbarReviews).finally(() => {
  document.documentElement.classList.add('is-ready');
  setTimeout(() => document.documentElement.classList.remove('is-brisk'), 300);
});
