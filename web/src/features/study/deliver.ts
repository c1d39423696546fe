import { isNetworkError } from "@/shared/api/errors";
import type { Rated } from "@/shared/api/types";
import type { Rating } from "./api/rate";
import type { OfflineQueue } from "./offline-queue";

/**
 * Sends a rating after those that still wait. Without a connection it joins them, dated `madeAt`,
 * and there is no answer.
 */
export async function deliver(
  rating: Rating,
  madeAt: string,
  queue: OfflineQueue,
  rate: (rating: Rating) => Promise<Rated>,
): Promise<Rated | undefined> {
  const keep = () => queue.add({ ...rating, reviewed_at: madeAt });
  if (queue.list().length > 0 && !(await queue.flush())) {
    keep();
    return undefined;
  }
  try {
    return await rate(rating);
  } catch (error) {
    if (!isNetworkError(error)) throw error;
    keep();
    return undefined;
  }
}
