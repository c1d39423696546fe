import { webApp } from "./web-app";

/** Lets the phone be felt, inside Telegram. */
export function haptic(feeling: "light" | "heavy" | "success" | "error"): void {
  const feedback = webApp()?.HapticFeedback;
  if (feeling === "light" || feeling === "heavy") feedback?.impactOccurred(feeling);
  else feedback?.notificationOccurred(feeling);
}
