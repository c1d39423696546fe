import { queryOptions } from "@tanstack/react-query";
import { call } from "../client";

/** What is ready to be studied now in one deck, or in `all` decks of the active profile. */
export const countsQuery = (deckId: string) =>
  queryOptions({
    queryKey: ["counts", deckId],
    queryFn: ({ signal }) => call("get", "/api/cards/next", { query: { deck_id: deckId }, signal, timeout: 10_000 }),
    staleTime: 30_000,
  });
