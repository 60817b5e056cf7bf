/** What every page runs. */
import course from 'lumbar-course';

import { start } from './chrome.js';
import { mountAll } from './host.js';

start(course);
mountAll(document, globalThis.lumbarReviews).then(() => document.documentElement.classList.add('is-ready'));
