import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../client";
import { refreshCounts } from "../profile-data";

export function useInstallStarterDeck() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) =>
      call("post", "/api/starter-decks/{key}/install", { path: { key }, body: {}, idempotencyKey: crypto.randomUUID() }),
    onSuccess: () => refreshCounts(client),
  });
}
