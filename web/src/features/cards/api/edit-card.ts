import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import type { Call } from "@/shared/api/paths";
import { showCard } from "./show-card";

export type CardChanges = Call<"/api/cards/{id}", "patch">["body"];

export function useEditCard(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CardChanges) => call("patch", "/api/cards/{id}", { path: { id }, body }),
    onSuccess: (card) => showCard(client, card),
    meta: { inline: true },
  });
}
