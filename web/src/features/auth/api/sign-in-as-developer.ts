import { call } from "@/shared/api/client";
import type { SignedIn } from "@/shared/api/types";
import { timeZone } from "@/shared/lib/time-zone";

export interface Developer {
  telegram_id: number;
  first_name: string;
}

export function signInAsDeveloper(developer: Developer): Promise<SignedIn> {
  return call("post", "/api/auth/dev", { body: { ...developer, timezone: timeZone() } });
}
