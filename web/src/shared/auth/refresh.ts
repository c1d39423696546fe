import { ApiError, isUnauthorised } from "@/shared/api/errors";
import { send } from "@/shared/api/transport";
import { timeZone } from "@/shared/lib/time-zone";
import { isFresh } from "@/shared/telegram/launch-data";
import { webApp } from "@/shared/telegram/web-app";
import { signedIn, signedOut } from "./session";

export const COOKIE_HEADERS = { "X-Requested-With": "langagent" };
const TIMEOUT = 10_000;

/** A way to an access token without asking the learner. */
type Way = () => Promise<Response>;

const byCookie: Way = () => send({ method: "POST", url: "/api/auth/refresh", headers: COOKIE_HEADERS, timeout: TIMEOUT });

function byLaunchData(): Way[] {
  const init_data = webApp()?.initData ?? "";
  if (!isFresh(init_data, Date.now())) return [];
  return [() => send({ method: "POST", url: "/api/auth/validate", body: { init_data, timezone: timeZone() }, timeout: TIMEOUT })];
}

let running: Promise<boolean> | undefined;

/** Tries one way after the other. */
async function exchange([way, ...others]: readonly Way[]): Promise<boolean> {
  if (!way) {
    signedOut(webApp() ? "outlived" : "signed-out");
    return false;
  }
  try {
    const response = await way();
    signedIn(((await response.json()) as { token: string }).token);
    return true;
  } catch (error) {
    if (isRefusal(error)) return exchange(others);
    if (!(error instanceof ApiError && error.code === "ACCOUNT_BLOCKED")) throw error;
    signedOut("blocked");
    return false;
  }
}

function isRefusal(error: unknown): boolean {
  return isUnauthorised(error) || (error instanceof ApiError && error.code === "INVALID_INIT_DATA");
}

function once(ways: readonly Way[]): Promise<boolean> {
  running ??= exchange(ways).finally(() => {
    running = undefined;
  });
  return running;
}

/** At start: inside Telegram as the one who opened the app, else as the cookie says. */
export function signInAtStart(): Promise<boolean> {
  return once([...byLaunchData(), byCookie]);
}

/** Gets a new access token, where there is no cookie by the launch data; callers at the same time share one request. */
export function refresh(): Promise<boolean> {
  return once([byCookie, ...byLaunchData()]);
}
