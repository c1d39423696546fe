import { queryOptions } from "@tanstack/react-query";
import { call } from "@/shared/api/client";

export const cardQuery = (id: string) =>
  queryOptions({
    queryKey: ["card", id],
    queryFn: ({ signal }) => call("get", "/api/cards/{id}", { path: { id }, signal }),
  });
