import { queryOptions } from "@tanstack/react-query";
import { call } from "../client";

export const profilesQuery = queryOptions({
  queryKey: ["profiles"],
  queryFn: async ({ signal }) => (await call("get", "/api/profiles", { signal, timeout: 10_000 })).data,
  staleTime: 300_000,
});
