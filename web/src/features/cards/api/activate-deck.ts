import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import { refreshCounts } from "@/shared/api/profile-data";
import { decksQuery } from "@/shared/api/requests/decks";

/** Shows the deck as active at once and takes it back when the server refuses. */
export function useActivateDeck() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("post", "/api/decks/{id}/activate", { path: { id } }),
    onMutate: (id) => {
      void client.cancelQueries(decksQuery);
      const before = client.getQueryData(decksQuery.queryKey);
      client.setQueryData(decksQuery.queryKey, (decks) => decks?.map((deck) => ({ ...deck, is_active: deck.id === id })));
      return before;
    },
    onError: (_error, _id, before) => client.setQueryData(decksQuery.queryKey, before),
    onSuccess: () => refreshCounts(client),
  });
}
