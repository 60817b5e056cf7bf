/** The key of the teacher or the school: it comes in the address after #, and leaves the address at once. */

export const NO_KEY =
  'This page needs the whole address that the class server printed, with the part after #. Open that one.';

/** @returns {string} the key, "" where there is none; a reload of this tab finds it again */
export function takeKey(name) {
  const place = `lumbar:key:${name}`;
  const given = decodeURIComponent(location.hash.slice(1));
  if (given) {
    history.replaceState(null, '', location.pathname);
    store(place, given);
  }
  return given || stored(place);
}

function store(place, key) {
  try {
    sessionStorage.setItem(place, key);
  } catch { /* a reload will need the whole address again */ }
}

function stored(place) {
  try {
    return sessionStorage.getItem(place) ?? '';
  } catch {
    return '';
  }
}
