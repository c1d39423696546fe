import { queryOptions } from "@tanstack/react-query";
import { call } from "../client";

export const decksQuery = queryOptions({
  queryKey: ["decks"],
  queryFn: async ({ signal }) => (await call("get", "/api/decks", { signal })).data,
  staleTime: 30_000,
});
