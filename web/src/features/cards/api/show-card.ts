import type { QueryClient } from "@tanstack/react-query";
import { refreshCounts } from "@/shared/api/profile-data";
import type { Card } from "@/shared/api/types";
import { cardQuery } from "./card";

/** Shows at once what the server made of a card; what counts cards is loaded again meanwhile. */
export function showCard(client: QueryClient, card: Card): void {
  client.setQueryData(cardQuery(card.id).queryKey, (known) => known && { ...known, ...card });
  void refreshCounts(client);
}
