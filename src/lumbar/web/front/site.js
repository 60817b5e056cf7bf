/** What every page runs. */
import { mountAll } from './host.js';

mountAll(document, globalThis.lumbarReviews).then(() => document.documentElement.classList.add('is-ready'));
