import { call } from "@/shared/api/client";
import type { Rating } from "./rate";

/** Ratings made offline, in the order they were made. */
export async function rateBatch(ratings: Rating[]): Promise<void> {
  await call("post", "/api/cards/rate/batch", { body: { ratings } });
}
