import { expect, test } from "vitest";
import { ApiError, NetworkError } from "@/shared/api/errors";
import type { Rated } from "@/shared/api/types";
import type { Rating } from "./api/rate";
import { deliver } from "./deliver";
import { MOST_PER_BATCH, OfflineQueue } from "./offline-queue";

class Memory {
  private readonly items = new Map<string, string>();
  getItem = (key: string) => this.items.get(key) ?? null;
  setItem = (key: string, value: string) => void this.items.set(key, value);
  removeItem = (key: string) => void this.items.delete(key);
}

const rating = (client_id: string): Rating => ({ card_id: "card", rating: 3, client_id });
const names = (ratings: readonly Rating[]) => ratings.map(({ client_id }) => client_id);

/** A server that is reachable or not, and remembers what it got. */
function server() {
  const got: string[][] = [];
  const state = { online: true };
  const send = async (ratings: Rating[]) => {
    if (!state.online) throw new NetworkError("offline");
    got.push(names(ratings));
  };
  return { got, state, send };
}

test("ratings survive a restart and are sent in their order", async () => {
  const memory = new Memory();
  const { got, send } = server();
  const before = new OfflineQueue(memory, "ana", send);
  before.add(rating("1"));
  before.add(rating("2"));

  const after = new OfflineQueue(memory, "ana", send);
  expect(after.waiting.get()).toBe(2);
  expect(await after.flush()).toBe(true);
  expect(after.waiting.get()).toBe(0);
  expect(got).toEqual([["1", "2"]]);
  expect(after.list()).toEqual([]);
});

test("without a connection everything stays", async () => {
  const { state, send } = server();
  state.online = false;
  const queue = new OfflineQueue(new Memory(), "ana", send);
  queue.add(rating("1"));
  expect(await queue.flush()).toBe(false);
  expect(names(queue.list())).toEqual(["1"]);
});

test("a long queue is sent in batches the server accepts", async () => {
  const { got, send } = server();
  const queue = new OfflineQueue(new Memory(), "ana", send);
  for (let index = 0; index < MOST_PER_BATCH + 1; index += 1) queue.add(rating(String(index)));
  await queue.flush();
  expect(got.map((batch) => batch.length)).toEqual([MOST_PER_BATCH, 1]);
});

test("a rating added while a batch is on its way is kept for the next one", async () => {
  const { got, send } = server();
  const queue: OfflineQueue = new OfflineQueue(new Memory(), "ana", async (ratings) => {
    if (got.length === 0) queue.add(rating("late"));
    await send(ratings);
  });
  queue.add(rating("1"));
  await queue.flush();
  expect(got).toEqual([["1"], ["late"]]);
});

test("another learner's ratings are not touched", async () => {
  const memory = new Memory();
  const { got, send } = server();
  new OfflineQueue(memory, "ana", send).add(rating("1"));
  await new OfflineQueue(memory, "bob", send).flush();
  expect(got).toEqual([]);
});

test("a batch that the server can never take does not block those that follow", async () => {
  const invalid = new ApiError(422, { code: "VALIDATION_ERROR", message: "invalid" });
  const queue = new OfflineQueue(new Memory(), "ana", () => Promise.reject(invalid));
  queue.add(rating("1"));
  expect(await queue.flush()).toBe(true);
  expect(queue.list()).toEqual([]);
});

test("a rating can be taken out before it is sent", () => {
  const queue = new OfflineQueue(new Memory(), "ana", server().send);
  queue.add(rating("1"));
  expect(queue.remove("1")).toBe(true);
  expect(queue.remove("1")).toBe(false);
});

test("a delivered rating answers and leaves nothing behind", async () => {
  const queue = new OfflineQueue(new Memory(), "ana", server().send);
  const answer = await deliver(rating("1"), "2026-11-23T10:00:00Z", queue, async () => ({ card_id: "card" }) as Rated);
  expect(answer?.card_id).toBe("card");
  expect(queue.list()).toEqual([]);
});

test("a rating without a connection is kept with its moment", async () => {
  const queue = new OfflineQueue(new Memory(), "ana", server().send);
  const answer = await deliver(rating("1"), "2026-11-23T10:00:00Z", queue, () => Promise.reject(new NetworkError("offline")));
  expect(answer).toBeUndefined();
  expect(queue.list()).toEqual([{ ...rating("1"), reviewed_at: "2026-11-23T10:00:00Z" }]);
});

test("ratings that wait go first; while they cannot, the new one joins them", async () => {
  const { got, state, send } = server();
  const queue = new OfflineQueue(new Memory(), "ana", send);
  queue.add(rating("1"));
  state.online = false;
  await deliver(rating("2"), "2026-11-23T10:00:00Z", queue, () => Promise.reject(new Error("must not be called")));
  expect(names(queue.list())).toEqual(["1", "2"]);

  state.online = true;
  await deliver(rating("3"), "2026-11-23T10:01:00Z", queue, async ({ client_id }) => {
    got.push([client_id]);
    return {} as Rated;
  });
  expect(got).toEqual([["1", "2"], ["3"]]);
});

test("a refused rating is not kept", async () => {
  const queue = new OfflineQueue(new Memory(), "ana", server().send);
  const refused = new ApiError(404, { code: "CARD_NOT_FOUND", message: "gone" });
  await expect(deliver(rating("1"), "2026-11-23T10:00:00Z", queue, () => Promise.reject(refused))).rejects.toBe(refused);
  expect(queue.list()).toEqual([]);
});
