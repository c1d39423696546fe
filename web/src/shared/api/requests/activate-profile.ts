import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../client";
import { forgetProfileData } from "../profile-data";

export function useActivateProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("post", "/api/profiles/{id}/activate", { path: { id } }),
    onSuccess: () => forgetProfileData(client),
  });
}
