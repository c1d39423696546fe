import { queryOptions } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import type { StudySession } from "@/shared/api/types";
import { shownCard } from "../shown-card";

export type Mode = "mixed" | "due" | "new";

export const MODES: readonly Mode[] = ["mixed", "due", "new"];

/** What a session is drawn from. */
export interface Scope {
  deck_id: string;
  mode: Mode;
}

export interface StartedSession extends StudySession {
  /** Nothing is due: cards are shown before their time. */
  early: boolean;
}

async function start(scope: Scope): Promise<StartedSession> {
  const session = await call("post", "/api/cards/sessions", { body: scope, timeout: 10_000 });
  if (session.queue.length > 0) return { ...session, early: false };
  const waiting = shownCard(await call("get", "/api/cards/next", { query: scope, timeout: 10_000 }));
  return { ...session, queue: waiting ? [waiting] : [], early: true };
}

/** A run of cards. Each start is a session of its own: nothing of it is kept after the screen is left. */
export const sessionQuery = (key: string, scope: Scope) =>
  queryOptions({ queryKey: ["session", key, scope], queryFn: () => start(scope), staleTime: Infinity, gcTime: 0 });
