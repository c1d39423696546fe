import { ApiError, isUnauthorised } from "@/shared/api/errors";
import { send } from "@/shared/api/transport";
import { signedIn, signedOut } from "./session";

export const COOKIE_HEADERS = { "X-Requested-With": "langagent" };

let running: Promise<boolean> | undefined;

async function exchange(): Promise<boolean> {
  try {
    const response = await send({
      method: "POST",
      url: "/api/auth/refresh",
      headers: COOKIE_HEADERS,
      timeout: 10_000,
    });
    signedIn(((await response.json()) as { token: string }).token);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.code === "ACCOUNT_BLOCKED") signedOut("blocked");
    else if (isUnauthorised(error)) signedOut();
    else throw error;
    return false;
  }
}

/** Exchanges the refresh cookie for an access token; callers at the same time share one request. */
export function refresh(): Promise<boolean> {
  running ??= exchange().finally(() => {
    running = undefined;
  });
  return running;
}
