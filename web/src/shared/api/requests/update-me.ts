import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../client";
import type { Call } from "../paths";
import { meQuery } from "./me";

export type MeChanges = Call<"/api/users/me", "patch">["body"];

const KEY = ["update-me"];

/**
 * Shows the change at once and takes it back when the server refuses it. While another change is under way the server's
 * answer is not shown: it knows nothing of that one yet.
 */
export function useUpdateMe() {
  const client = useQueryClient();
  return useMutation({
    mutationKey: KEY,
    mutationFn: (body: MeChanges) => call("patch", "/api/users/me", { body, keepalive: true }),
    onMutate: (changes) => {
      void client.cancelQueries(meQuery);
      const before = client.getQueryData(meQuery.queryKey);
      client.setQueryData(meQuery.queryKey, (me) => me && ({ ...me, ...changes } as typeof me));
      return before;
    },
    onError: (_error, _changes, before) => client.setQueryData(meQuery.queryKey, before),
    onSuccess: (me) => {
      if (client.isMutating({ mutationKey: KEY }) === 1) client.setQueryData(meQuery.queryKey, me);
    },
  });
}
