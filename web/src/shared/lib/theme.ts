import { webApp } from "@/shared/telegram/web-app";

export type Theme = "system" | "light" | "dark";

const KEY = "langagent.theme";

let chosen: Theme = "system";

function stored(): Theme {
  const value = localStorage.getItem(KEY);
  return value === "light" || value === "dark" ? value : "system";
}

/** Shows the theme and remembers it for the screens before sign-in. */
export function applyTheme(theme: Theme = stored()): void {
  chosen = theme;
  localStorage.setItem(KEY, theme);
  showTheme();
}

/** Shows the chosen theme; inside Telegram, the system's is Telegram's, and Telegram's frame takes our background. */
export function showTheme(): void {
  const app = webApp();
  const shown = chosen === "system" ? (app?.colorScheme ?? chosen) : chosen;
  document.documentElement.dataset.theme = shown;
  if (!app) return;
  const background = getComputedStyle(document.documentElement).getPropertyValue(`--${shown}-background`).trim();
  app.setHeaderColor(background);
  app.setBackgroundColor(background);
  app.setBottomBarColor(background);
}
