import { queryOptions } from "@tanstack/react-query";
import { call } from "@/shared/api/client";

export type Mode = "mixed" | "due" | "new";

export const MODES: readonly Mode[] = ["mixed", "due", "new"];

/** A run of cards. Each start is a session of its own: nothing of it is kept after the screen is left. */
export const sessionQuery = (start: string, deckId: string, mode: Mode) =>
  queryOptions({
    queryKey: ["session", start, deckId, mode],
    queryFn: () => call("post", "/api/cards/sessions", { body: { deck_id: deckId, mode }, timeout: 10_000 }),
    staleTime: Infinity,
    gcTime: 0,
  });
