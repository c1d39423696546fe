export type Theme = "system" | "light" | "dark";

const KEY = "langagent.theme";

function stored(): Theme {
  const value = localStorage.getItem(KEY);
  return value === "light" || value === "dark" ? value : "system";
}

/** Shows the theme and remembers it for the screens before sign-in. */
export function applyTheme(theme: Theme = stored()): void {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem(KEY, theme);
}
