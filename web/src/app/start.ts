import { signInAtStart } from "@/shared/auth/refresh";
import { showTheme } from "@/shared/lib/theme";
import { loadTelegram } from "@/shared/telegram/load";

/** Everything before the first screen. Raises NetworkError when Telegram's script or our server gives no answer. */
export async function start(): Promise<boolean> {
  const app = await loadTelegram();
  if (app) {
    app.ready();
    app.expand();
    app.onEvent("themeChanged", showTheme);
    showTheme();
  }
  return signInAtStart();
}
