import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SignedIn } from "@/shared/api/types";
import { signedIn } from "@/shared/auth/session";

/** A way to sign in: what was known of another account is forgotten, the token is kept. */
export function useSignIn<T>(request: (given: T) => Promise<SignedIn>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: request,
    onSuccess: ({ token }) => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "start" && queryKey[0] !== "meta" });
      signedIn(token);
    },
    meta: { inline: true },
  });
}
