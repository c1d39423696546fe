import type { QueryClient } from "@tanstack/react-query";

const PROFILE_BOUND = new Set<unknown>(["decks", "deck", "cards", "card", "counts", "starter-decks", "summary"]);

/** Forgets what belongs to the profile studied until now, then loads the profiles and limits again. */
export async function forgetProfileData(client: QueryClient): Promise<void> {
  client.removeQueries({ predicate: ({ queryKey }) => PROFILE_BOUND.has(queryKey[0]) });
  await Promise.all([
    client.invalidateQueries({ queryKey: ["profiles"] }),
    client.invalidateQueries({ queryKey: ["me"] }),
  ]);
}

/** Marks everything that counts cards as stale. */
export async function refreshCounts(client: QueryClient): Promise<void> {
  await client.invalidateQueries({
    predicate: ({ queryKey }) => PROFILE_BOUND.has(queryKey[0]) || queryKey[0] === "profiles" || queryKey[0] === "me",
  });
}
