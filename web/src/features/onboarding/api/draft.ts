import { queryOptions } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import type { Answer } from "@/shared/api/paths";

export type Draft = Answer<"/api/onboarding/draft", "get">;

export const draftQuery = queryOptions({
  queryKey: ["draft"],
  queryFn: ({ signal }) => call("get", "/api/onboarding/draft", { signal, timeout: 10_000 }),
  staleTime: Infinity,
});
