import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import { refreshCounts } from "@/shared/api/profile-data";
import { deckQuery } from "./deck";

export function useRenameDeck(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call("patch", "/api/decks/{id}", { path: { id }, body: { name } }),
    onSuccess: (deck) => {
      client.setQueryData(deckQuery(id).queryKey, deck);
      void refreshCounts(client);
    },
    meta: { inline: true },
  });
}
