/** Light or dark: as the system has it, unless somebody chose. */

const KEY = "fitting-room-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

/** Show the theme chosen earlier, and follow the system where none was. */
export function startTheme() {
  system.addEventListener("change", show);
  show();
}

export function isDark() {
  const chosen = localStorage.getItem(KEY);
  return chosen ? chosen === "dark" : system.matches;
}

/** Switch to the other theme, and remember it. */
export function toggleTheme() {
  localStorage.setItem(KEY, isDark() ? "light" : "dark");
  show();
}

function show() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
}
