import { call } from "@/shared/api/client";
import type { SignedIn } from "@/shared/api/types";
import { timeZone } from "@/shared/lib/time-zone";

/** Redeems the one-time token of a link, or the code typed by hand. */
export function signInByLink(secret: { token: string } | { code: string }): Promise<SignedIn> {
  return call("post", "/api/auth/link", { body: { ...secret, timezone: timeZone() } });
}
