/** Before the first paint: the colours that were chosen here, else those of the system. */
let theme = null;
try {
  theme = localStorage.getItem('lumbar:theme');
} catch { /* a browser that stores nothing follows the system */ }
const isDark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.dataset.jpThemeLight = String(!isDark);
