import { expect, test } from "vitest";
import type { Next, QueueItem } from "@/shared/api/types";
import { sessionReducer, startState, total, type SessionAction, type SessionState } from "./session-state";

const COUNTS = { learning: 0, review: 0, new: 3, learning_later: 0 };

function item(id: string, status = "new"): QueueItem {
  return { card: { id, status }, side: "learning", previews: { again: 60, hard: 330, good: 600, easy: 691_200 } } as QueueItem;
}

function served(status: Next["status"], shown?: QueueItem): Next {
  return { status, card: null, side: null, previews: null, ready_at: null, ...shown, counts: COUNTS };
}

function begin(ids: string, early = false): SessionState {
  return startState({ queue: [...ids].map((id) => item(id)), counts: COUNTS, early });
}

function run(state: SessionState, ...actions: SessionAction[]): SessionState {
  return actions.reduce(sessionReducer, state);
}

const answered = (ratings: number, next: Next): SessionAction => ({ type: "answered", ratings, next });
const ids = (items: readonly QueueItem[]) => items.map(({ card }) => card.id).join("");

test("a session without cards is complete at once", () => {
  expect(begin("").complete).toBe(true);
});

test("a rating shows the next card at once, its answer hidden", () => {
  const state = run(begin("abc"), { type: "flip" }, { type: "rated" });
  expect(state.current?.card.id).toBe("b");
  expect(state.revealed).toBe(false);
  expect(ids(state.upcoming)).toBe("c");
  expect(total(state)).toBe(3);
});

test("the last card stays until its answer has come, then the session is complete", () => {
  const waiting = run(begin("a"), { type: "flip" }, { type: "rated" });
  expect(waiting.current?.card.id).toBe("a");
  expect(waiting.awaiting).toBe(true);
  expect(total(waiting)).toBe(1);
  expect(run(waiting, answered(1, served("done"))).complete).toBe(true);
});

test("without an answer the session still ends", () => {
  expect(run(begin("a"), { type: "rated" }, { type: "unanswered" }).complete).toBe(true);
});

test("a forgotten card that is due again comes next", () => {
  const state = run(begin("abc"), { type: "rated" }, { type: "rated" }, answered(2, served("card", item("a", "learning"))));
  expect(state.current?.card.id).toBe("c");
  expect(ids(state.upcoming)).toBe("a");
  expect(total(state)).toBe(4);
});

test("a card that is already waiting is not queued twice", () => {
  const twice = answered(1, served("card", item("c", "learning")));
  expect(ids(run(begin("abc"), { type: "rated" }, twice, twice).upcoming)).toBe("c");
});

test("new cards beyond the session's size are not pulled in", () => {
  const state = run(begin("a"), { type: "rated" }, answered(1, served("card", item("z"))));
  expect(state.complete).toBe(true);
});

test("an answer that a later rating has overtaken changes nothing", () => {
  const state = run(begin("abc"), { type: "rated" }, { type: "rated" });
  expect(run(state, answered(1, served("card", item("b", "learning"))))).toBe(state);
});

test("a card that waits ends a session, but goes on in one that shows cards early", () => {
  const waiting = answered(1, served("waiting", item("a", "learning")));
  expect(run(begin("a"), { type: "rated" }, waiting).complete).toBe(true);
  const early = run(begin("a", true), { type: "rated" }, waiting);
  expect(early).toMatchObject({ complete: false, awaiting: false, revealed: false });
});

test("undo brings the card back in front of the one on the screen", () => {
  const state = run(begin("abc"), { type: "rated" }, { type: "flip" }, { type: "undone" });
  expect(state.current?.card.id).toBe("a");
  expect(ids(state.upcoming)).toBe("bc");
  expect(state).toMatchObject({ past: [], revealed: false });
});

test("undo of the last rating takes the session back from its end", () => {
  const state = run(begin("a"), { type: "rated" }, { type: "undone" });
  expect(state).toMatchObject({ complete: false, awaiting: false });
  expect(state.current?.card.id).toBe("a");
  expect(total(state)).toBe(1);
});

test("undo removes the returned copy of the card", () => {
  const state = run(begin("ab"), { type: "rated" }, answered(1, served("card", item("a", "learning"))), { type: "undone" });
  expect(state.current?.card.id).toBe("a");
  expect(ids(state.upcoming)).toBe("b");
});

test("with nothing rated, undo changes nothing", () => {
  const state = begin("ab");
  expect(run(state, { type: "undone" })).toBe(state);
});
