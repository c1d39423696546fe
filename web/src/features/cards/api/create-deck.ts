import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import { refreshCounts } from "@/shared/api/profile-data";

export function useCreateDeck() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call("post", "/api/decks", { body: { name }, idempotencyKey: crypto.randomUUID() }),
    onSuccess: () => refreshCounts(client),
    meta: { inline: true },
  });
}
