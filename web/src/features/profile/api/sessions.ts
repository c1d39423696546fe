import { queryOptions } from "@tanstack/react-query";
import { call } from "@/shared/api/client";

export const sessionsQuery = queryOptions({
  queryKey: ["auth-sessions"],
  queryFn: async ({ signal }) => (await call("get", "/api/auth/sessions", { signal })).data,
  staleTime: 0,
});
