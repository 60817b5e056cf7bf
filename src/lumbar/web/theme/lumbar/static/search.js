/** How Sphinx's search is to behave and speak here. Runs after doctools.js and before searchtools.js. */
'use strict';

// Extracts are fetched from the pages, which browsers do not allow for files on a disk.
DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = location.protocol !== 'file:';
DOCUMENTATION_OPTIONS.ENABLE_SEARCH_SHORTCUTS = false;

const NOTHING = 'Your search did not match any documents. '
  + "Please make sure that all words are spelled correctly and that you've selected enough categories.";
Object.assign(Documentation.TRANSLATIONS, {
  Searching: 'Looking',
  'Search Results': 'What was found',
  [NOTHING]: 'Nothing was found. Try fewer words, or another word for it.',
  'Search finished, found one page matching the search query.': [
    'One place has all your words.', '${resultCount} places have all your words.'],
});
