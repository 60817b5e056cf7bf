/**
 * The course of a vote: what comes next, and what else can be done now.
 *
 * @typedef {{label: string, do?: string, panel?: string}} Step  `do`: a command to the server, `panel`: one to open
 */

const CHOOSE = { label: 'Choose a quiz', panel: 'choose' };
const ANOTHER = { label: 'Choose another quiz', panel: 'choose' };
const NEXT = { label: 'Next question', do: 'next' };
const BY_ITSELF = { label: 'It opens by itself', panel: 'join' };
const REPORT = { label: 'Save the report', panel: 'menu' };
const REVEAL = { label: 'Reveal the answer', do: 'reveal' };
const TEST = {
  waiting: { label: 'Open it', do: 'vote' },
  voting: { label: 'Close it', do: 'close' },
  closed: REPORT,
  revealed: REPORT,
};
const PACE = {
  waiting: { label: 'Show the first question', do: 'next' },
  shown: { label: 'Open the vote', do: 'vote' },
  voting: { label: 'Close the vote', do: 'close' },
  talk: { label: 'Vote again', do: 'vote' },
};

/** @returns {Step} */
export function next({ ended, quiz, mode, phase, round, at, of, from, now }) {
  if (ended) return REPORT;
  if (!quiz) return CHOOSE;
  if (mode !== 'pace') return phase === 'waiting' && from > now ? BY_ITSELF : TEST[phase];
  if (phase === 'closed') return round < 2 ? { label: 'Talk to your neighbour', do: 'talk' } : REVEAL;
  if (phase === 'revealed') return at + 1 < of ? NEXT : ANOTHER;
  return PACE[phase];
}

/** Whether the answer can be revealed now without talking first. */
export const canReveal = ({ ended, quiz, mode, phase }) => Boolean(quiz) && !ended
  && (mode === 'pace' ? ['shown', 'closed', 'talk'] : mode === 'open' ? ['closed'] : []).includes(phase);
