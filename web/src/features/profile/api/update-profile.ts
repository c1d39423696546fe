import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import type { Call } from "@/shared/api/paths";
import { profilesQuery } from "@/shared/api/requests/profiles";

export type ProfileChanges = Call<"/api/profiles/{id}", "patch">["body"];

/** Shows the change at once and takes it back when the server refuses it. */
export function useUpdateProfile(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ProfileChanges) => call("patch", "/api/profiles/{id}", { path: { id }, body, keepalive: true }),
    onMutate: (changes) => {
      void client.cancelQueries(profilesQuery);
      const before = client.getQueryData(profilesQuery.queryKey);
      client.setQueryData(profilesQuery.queryKey, (profiles) =>
        profiles?.map((profile) => (profile.id === id ? ({ ...profile, ...changes } as typeof profile) : profile)),
      );
      return before;
    },
    onError: (_error, _changes, before) => client.setQueryData(profilesQuery.queryKey, before),
    onSuccess: () => client.invalidateQueries({ queryKey: ["counts"] }),
  });
}
