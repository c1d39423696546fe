import { queryOptions } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import type { Language } from "@/shared/i18n/translate";

export const legalDocumentQuery = (doc: string, lang: Language) =>
  queryOptions({
    queryKey: ["legal", doc, lang],
    queryFn: ({ signal }) => call("get", "/api/legal/{doc}", { path: { doc }, query: { lang }, signal }),
    staleTime: Infinity,
  });
