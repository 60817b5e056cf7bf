/** Before the first paint: say that scripts run, and which theme is wanted. */
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.classList.add('js');
document.documentElement.dataset.jpThemeLight = String(!dark);
