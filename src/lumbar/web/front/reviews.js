/** What only lesson 13 needs. */
import * as review from '../../review/review.js';
import { loadBank } from './bank.js';
import { reviewer } from './schedule.js';

globalThis.lumbarReviews = { review, schedule: (course, read) => reviewer({ course, read, loadBank }) };
