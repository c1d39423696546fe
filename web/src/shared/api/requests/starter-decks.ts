import { queryOptions } from "@tanstack/react-query";
import { call } from "../client";

export const starterDecksQuery = (language: string) =>
  queryOptions({
    queryKey: ["starter-decks", language],
    queryFn: async ({ signal }) => (await call("get", "/api/starter-decks", { query: { language }, signal })).data,
  });
