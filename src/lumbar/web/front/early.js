/** Before the first paint: say that scripts run, and which theme is wanted. */
let theme = null;
try {
  theme = localStorage.getItem('lumbar:theme');
} catch { /* a browser that stores nothing follows the system */ }
const dark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.classList.add('js');
document.documentElement.dataset.jpThemeLight = String(!dark);

// A page that is read from its top is laid out from its top: site.js ends that as soon as it can be answered.
if (!location.hash && performance.getEntriesByType('navigation')[0]?.type === 'navigate') {
  document.documentElement.classList.add('is-brisk');
}
