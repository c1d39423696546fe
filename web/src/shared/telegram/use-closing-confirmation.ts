import { useEffect } from "react";
import { webApp } from "./web-app";

/** While mounted, Telegram asks before it closes the app. */
export function useClosingConfirmation(): void {
  useEffect(() => {
    const app = webApp();
    app?.enableClosingConfirmation();
    return () => app?.disableClosingConfirmation();
  }, []);
}
