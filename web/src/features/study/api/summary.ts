import { queryOptions } from "@tanstack/react-query";
import { call } from "@/shared/api/client";

export const summaryQuery = (id: string) =>
  queryOptions({
    queryKey: ["summary", id],
    queryFn: ({ signal }) => call("get", "/api/cards/sessions/{id}/summary", { path: { id }, signal }),
    staleTime: 0,
  });
