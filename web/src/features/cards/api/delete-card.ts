import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import { refreshCounts } from "@/shared/api/profile-data";

export function useDeleteCard() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("delete", "/api/cards/{id}", { path: { id } }),
    onSuccess: (_nothing, id) => {
      client.removeQueries({ queryKey: ["card", id] });
      return refreshCounts(client);
    },
  });
}
