import { call } from "@/shared/api/client";
import type { Call } from "@/shared/api/paths";
import type { Rated } from "@/shared/api/types";

export type Rating = Call<"/api/cards/rate", "post">["body"];

/** One rating; the answer holds the next card. */
export function rate(body: Rating): Promise<Rated> {
  return call("post", "/api/cards/rate", { body });
}
