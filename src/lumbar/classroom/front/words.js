/** What a pupil is told about where the class is: a heading and a line under it. */

const PACE = {
  waiting: ['You are in', 'Wait for the first question. It comes up here by itself.'],
  shown: ['Read the question', 'The vote opens in a moment. You can think and choose already.'],
  closed: ['The vote is closed', 'Look to the front.'],
  talk: ['Talk to your neighbour', 'What did you choose, and why? You vote again afterwards.'],
};
const OPEN = {
  waiting: ['You are in', 'Wait for the quiz. It comes up here by itself.'],
  voting: ['At your own speed', 'Answer in any order you like.'],
  closed: ['The quiz is closed', 'Look to the front.'],
  revealed: ['The answers', 'Go through them at your own speed.'],
};
const EXAM = {
  waiting: ['You are in', 'Wait for the test. It comes up here by itself.'],
  voting: ['A test', 'One attempt for each question. What is right comes later.'],
  closed: ['The test is over', 'What you sent in time is kept.'],
};
const OVER = ['This class is over', 'Thank you for taking part. You can close this page.'];

export const clock = (at) => new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

/** 754 → "12:34" */
export function minutes(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** @returns {[string, string]} */
export function words(class_) {
  if (class_.ended) return OVER;
  if (class_.mode === 'exam') return exam(class_);
  if (class_.mode === 'open') return OPEN[class_.phase];
  if (class_.phase === 'voting') return vote(class_);
  return class_.phase === 'revealed' ? ['The answer', share(class_.told?.counts)] : PACE[class_.phase];
}

function vote({ round }) {
  return round > 1 ? ['Vote again', 'Think about what you talked about, then send.']
    : ['Vote now', 'Choose, say how sure you are, and send.'];
}

function exam({ phase, from, now }) {
  const isEarly = phase !== 'closed' && from && from > now;
  return isEarly ? ['The test has not begun', `It begins at ${clock(from)}.`] : EXAM[phase];
}

/** How the class did, where it is large enough to say. */
function share(counts) {
  const [last] = Object.entries(counts ?? {}).sort(([one], [other]) => other - one);
  return last ? `${last[1].right} of ${last[1].votes} in the class were right.` : '';
}
