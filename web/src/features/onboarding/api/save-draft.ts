import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import { draftQuery, type Draft } from "./draft";

/** Adds to the draft that the bot and the client share. */
export function useSaveDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: Partial<Draft>) =>
      call("put", "/api/onboarding/draft", { body: { ...client.getQueryData(draftQuery.queryKey), ...changes } }),
    onSuccess: (draft) => client.setQueryData(draftQuery.queryKey, draft),
    meta: { inline: true },
  });
}
