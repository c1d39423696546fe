import type { Counts, Next, QueueItem } from "@/shared/api/types";
import type { StartedSession } from "./api/start-session";
import { shownCard } from "./shown-card";

export interface SessionState {
  /** The card on the screen; it stays there while the next one is awaited. */
  current: QueueItem | undefined;
  revealed: boolean;
  upcoming: readonly QueueItem[];
  past: readonly QueueItem[];
  counts: Counts;
  /** Cards that are learned are shown before their time. */
  early: boolean;
  /** Every card of the queue is rated; the last answer decides whether another one follows. */
  awaiting: boolean;
  complete: boolean;
}

export type SessionAction =
  | { type: "flip" }
  | { type: "rated" }
  | { type: "answered"; next: Next; ratings: number }
  | { type: "unanswered" }
  | { type: "undone" };

export function startState({ queue, counts, early }: Pick<StartedSession, "queue" | "counts" | "early">): SessionState {
  const [current, ...upcoming] = queue;
  return { current, upcoming, past: [], counts, early, revealed: false, awaiting: false, complete: current === undefined };
}

/** How many cards the session has, those that came back included. */
export function total({ past, upcoming, awaiting }: SessionState): number {
  return past.length + upcoming.length + (awaiting ? 0 : 1);
}

function rated(state: SessionState): SessionState {
  if (!state.current || state.awaiting) return state;
  const [next, ...upcoming] = state.upcoming;
  const past = [...state.past, state.current];
  return next
    ? { ...state, past, current: next, upcoming, revealed: false }
    : { ...state, past, awaiting: true };
}

/** A card that is being learned comes back within the session. */
function returning(next: Next, early: boolean): QueueItem | undefined {
  const item = next.status === "card" || early ? shownCard(next) : undefined;
  return item && (item.card.status === "learning" || item.card.status === "relearning") ? item : undefined;
}

function answered(state: SessionState, next: Next, ratings: number): SessionState {
  const stale = ratings !== state.past.length;
  if (stale) return state;
  const item = returning(next, state.early);
  const counts = next.counts;
  if (state.awaiting) {
    return item
      ? { ...state, counts, current: item, revealed: false, awaiting: false }
      : { ...state, counts, complete: true };
  }
  const known = [state.current, ...state.upcoming].some((one) => one?.card.id === item?.card.id);
  return { ...state, counts, upcoming: item && !known ? [item, ...state.upcoming] : state.upcoming };
}

function undone(state: SessionState): SessionState {
  const last = state.past.at(-1);
  if (!last) return state;
  const waiting = state.current && !state.awaiting ? [state.current, ...state.upcoming] : state.upcoming;
  return {
    ...state,
    past: state.past.slice(0, -1),
    current: last,
    upcoming: waiting.filter(({ card }) => card.id !== last.card.id),
    revealed: false,
    awaiting: false,
    complete: false,
  };
}

export function sessionReducer(state: SessionState, action: SessionAction): SessionState {
  switch (action.type) {
    case "flip":
      return state.awaiting ? state : { ...state, revealed: true };
    case "rated":
      return rated(state);
    case "answered":
      return answered(state, action.next, action.ratings);
    case "unanswered":
      return state.awaiting ? { ...state, complete: true } : state;
    case "undone":
      return undone(state);
  }
}
