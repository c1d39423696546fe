import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../client";
import type { Call } from "../paths";
import { meQuery } from "./me";

export type MeChanges = Call<"/api/users/me", "patch">["body"];

/** Shows the change at once and takes it back when the server refuses it. */
export function useUpdateMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: MeChanges) => call("patch", "/api/users/me", { body }),
    onMutate: (changes) => {
      void client.cancelQueries(meQuery);
      const before = client.getQueryData(meQuery.queryKey);
      client.setQueryData(meQuery.queryKey, (me) => me && ({ ...me, ...changes } as typeof me));
      return before;
    },
    onError: (_error, _changes, before) => client.setQueryData(meQuery.queryKey, before),
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
}
