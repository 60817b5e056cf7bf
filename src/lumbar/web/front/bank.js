/**
 * The whole bank of questions, loaded when it is first needed.
 *
 * @typedef {{items: Record<string, import('../../quiz/quiz.js').Item>, plates: Record<string, string>}} Bank
 */

/**
 * The bank that `_static/bank.js` holds: a classic script, since `fetch` fails on a page from a disk.
 * @returns {Promise<Bank>}
 */
export function loadBank() {
  if (globalThis.lumbarBank) return Promise.resolve(globalThis.lumbarBank);
  return new Promise((done, fail) => {
    const script = document.createElement('script');
    script.src = `${document.body.dataset.root}_static/bank.js`;
    script.onload = () => (globalThis.lumbarBank ? done(globalThis.lumbarBank) : fail(new Error('The bank is empty.')));
    script.onerror = () => fail(new Error('The bank cannot be loaded.'));
    document.head.append(script);
  });
}
