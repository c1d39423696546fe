import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import { refreshCounts } from "@/shared/api/profile-data";

export function useRenameDeck(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call("patch", "/api/decks/{id}", { path: { id }, body: { name } }),
    onSuccess: () => refreshCounts(client),
    meta: { inline: true },
  });
}
