import { createStore, useStore } from "@/shared/lib/store";

/** "outlived": the session has ended inside Telegram, which must open the app anew. */
export type AuthStatus = "signed-in" | "signed-out" | "outlived" | "blocked";

let accessToken: string | undefined;
const status = createStore<AuthStatus>("signed-out");

export function token(): string | undefined {
  return accessToken;
}

export function signedIn(newToken: string): void {
  accessToken = newToken;
  status.set("signed-in");
}

export function signedOut(reason: Exclude<AuthStatus, "signed-in"> = "signed-out"): void {
  accessToken = undefined;
  status.set(reason);
}

export function useAuthStatus(): AuthStatus {
  return useStore(status);
}
