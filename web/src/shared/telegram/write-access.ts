import { webApp } from "./web-app";

/** Asks whether the bot may write, so that reminders arrive, when the app was opened outside the bot's chat. */
export function askToWrite(): void {
  const app = webApp();
  if (!app || app.initDataUnsafe.user?.allows_write_to_pm || !app.isVersionAtLeast("6.9")) return;
  app.requestWriteAccess();
}
