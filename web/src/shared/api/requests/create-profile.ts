import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../client";
import { forgetProfileData } from "../profile-data";
import type { Call } from "../paths";

export type NewProfile = Call<"/api/profiles", "post">["body"];

export function useCreateProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewProfile) => call("post", "/api/profiles", { body, idempotencyKey: crypto.randomUUID() }),
    onSuccess: () => forgetProfileData(client),
    meta: { inline: true },
  });
}
