import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import type { Call } from "@/shared/api/paths";
import { refreshCounts } from "@/shared/api/profile-data";

export type NewCards = Call<"/api/cards", "post">["body"];

export function useAddCards() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewCards) => call("post", "/api/cards", { body, timeout: 60_000, idempotencyKey: crypto.randomUUID() }),
    onSuccess: () => refreshCounts(client),
    meta: { inline: true },
  });
}
