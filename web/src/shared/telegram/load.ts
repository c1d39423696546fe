import { NetworkError } from "@/shared/api/errors";
import { webApp, type WebApp } from "./web-app";

const LAUNCHED = /[#&]tgWebAppData=/;
/** Where Telegram's script keeps the launch data over a reload. */
const KEPT = "__telegram__initParams";
const PATIENCE_MS = 10_000;

let loading: Promise<void> | undefined;

/** Loads Telegram's script when Telegram has opened us. Raises NetworkError when it does not come in time. */
export async function loadTelegram(): Promise<WebApp | undefined> {
  if (!wasLaunched()) return undefined;
  loading ??= loadScript().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  await loading;
  return webApp();
}

function wasLaunched(): boolean {
  return LAUNCHED.test(window.location.hash) || kept().includes("tgWebAppData");
}

function kept(): string {
  try {
    return sessionStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

/** index.html names the script: Telegram's own, or that of the local Telegram in development. */
function loadScript(): Promise<void> {
  const source = document.querySelector<HTMLMetaElement>('meta[name="telegram-script"]')?.content ?? "";
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const fail = () => {
      script.remove();
      reject(new NetworkError("Telegram's script did not come"));
    };
    const patience = setTimeout(fail, PATIENCE_MS);
    script.addEventListener("load", () => {
      clearTimeout(patience);
      resolve();
    });
    script.addEventListener("error", () => {
      clearTimeout(patience);
      fail();
    });
    script.src = source;
    document.head.append(script);
  });
}
