import { queryOptions } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import type { Language } from "@/shared/i18n/translate";

const PATHS = {
  "privacy-policy": "/api/legal/privacy-policy",
  "terms-of-service": "/api/legal/terms-of-service",
} as const;

export type LegalDocument = keyof typeof PATHS;

export const legalDocumentQuery = (doc: LegalDocument, lang: Language) =>
  queryOptions({
    queryKey: ["legal", doc, lang],
    queryFn: ({ signal }) => call("get", PATHS[doc], { query: { lang }, signal }),
    staleTime: Infinity,
  });
