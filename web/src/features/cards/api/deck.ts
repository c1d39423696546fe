import { queryOptions } from "@tanstack/react-query";
import { call } from "@/shared/api/client";

export const deckQuery = (id: string) =>
  queryOptions({
    queryKey: ["deck", id],
    queryFn: ({ signal }) => call("get", "/api/decks/{id}", { path: { id }, signal }),
    staleTime: 30_000,
  });
