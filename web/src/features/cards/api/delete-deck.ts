import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import { refreshCounts } from "@/shared/api/profile-data";

export function useDeleteDeck() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("delete", "/api/decks/{id}", { path: { id } }),
    onSuccess: (_nothing, id) => {
      client.removeQueries({ queryKey: ["deck", id] });
      return refreshCounts(client);
    },
  });
}
