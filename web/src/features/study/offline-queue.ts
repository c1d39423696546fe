import { isInvalid, isNetworkError } from "@/shared/api/errors";
import { createStore, type Store } from "@/shared/lib/store";
import type { Rating } from "./api/rate";

export const MOST_PER_BATCH = 100;

type Keeper = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Ratings of one learner that the server has not seen yet, kept over restarts. */
export class OfflineQueue {
  /** How many ratings wait. */
  readonly waiting: Store<number>;
  private readonly key: string;

  constructor(
    private readonly storage: Keeper,
    userId: string,
    private readonly send: (ratings: Rating[]) => Promise<void>,
  ) {
    this.key = `langagent.ratings.${userId}`;
    this.waiting = createStore(this.list().length);
  }

  list(): Rating[] {
    return JSON.parse(this.storage.getItem(this.key) ?? "[]") as Rating[];
  }

  add(rating: Rating): void {
    this.save([...this.list(), rating]);
  }

  /** Takes the rating out again; false when it is not here. */
  remove(clientId: string): boolean {
    const before = this.list();
    const after = before.filter((rating) => rating.client_id !== clientId);
    this.save(after);
    return after.length < before.length;
  }

  /** Sends everything in order; what the server can never take is dropped. False when there is still no connection. */
  async flush(): Promise<boolean> {
    const batch = this.list().slice(0, MOST_PER_BATCH);
    if (batch.length === 0) return true;
    try {
      await this.send(batch);
    } catch (error) {
      if (isNetworkError(error)) return false;
      if (!isInvalid(error)) throw error;
    }
    const sent = new Set(batch.map(({ client_id }) => client_id));
    this.save(this.list().filter(({ client_id }) => !sent.has(client_id)));
    return this.flush();
  }

  private save(ratings: Rating[]): void {
    if (ratings.length > 0) this.storage.setItem(this.key, JSON.stringify(ratings));
    else this.storage.removeItem(this.key);
    this.waiting.set(ratings.length);
  }
}
