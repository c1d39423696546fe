import { queryOptions } from "@tanstack/react-query";
import { call } from "../client";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => call("get", "/api/users/me", { signal, timeout: 10_000 }),
  staleTime: 300_000,
});
