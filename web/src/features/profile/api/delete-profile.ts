import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import { forgetProfileData } from "@/shared/api/profile-data";

export function useDeleteProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("delete", "/api/profiles/{id}", { path: { id } }),
    onSuccess: () => forgetProfileData(client),
  });
}
