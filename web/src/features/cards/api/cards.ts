import { infiniteQueryOptions } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import type { CardStatus } from "@/shared/api/types";

const PAGE = 50;

export interface CardFilter {
  deckId: string;
  search: string;
  status: CardStatus | undefined;
}

/** A deck's cards, newest first, page by page. */
export const cardsQuery = ({ deckId, search, status }: CardFilter) =>
  infiniteQueryOptions({
    queryKey: ["cards", deckId, search, status],
    queryFn: ({ signal, pageParam }) =>
      call("get", "/api/cards", { query: { deck_id: deckId, limit: PAGE, search, status, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ pagination }) => pagination.next_cursor ?? undefined,
  });
