import { queryOptions } from "@tanstack/react-query";
import { call } from "../client";

export const metaQuery = queryOptions({
  queryKey: ["meta"],
  queryFn: ({ signal }) => call("get", "/api/meta", { signal, timeout: 10_000 }),
  staleTime: Infinity,
});
