import { call } from "@/shared/api/client";
import type { Call } from "@/shared/api/paths";
import type { Rated } from "@/shared/api/types";
import type { Scope } from "./start-session";

export type Rating = Call<"/api/cards/rate/batch", "post">["body"]["ratings"][number];

/** One rating; the answer holds the next card of `scope`. */
export function rate(rating: Rating, scope: Scope): Promise<Rated> {
  return call("post", "/api/cards/rate", { body: { ...rating, ...scope } });
}
