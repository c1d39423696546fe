import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { errorText } from "@/shared/api/errors";
import type { Card, CardStatus, DeckDetail } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { useDebounced } from "@/shared/lib/use-debounced";
import { useStudied } from "@/shared/lib/use-studied";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { Input, Select } from "@/shared/ui/field";
import { Skeleton } from "@/shared/ui/skeleton";
import { cardsQuery } from "./api/cards";
import styles from "./card-list.module.css";
import { STATUSES, StatusBadge } from "./status-badge";

function Row({ card }: { card: Card }) {
  const studied = useStudied();
  return (
    <li className={styles.row}>
      <Link className={styles.link} to={`/practice/cards/card/${card.id}`}>
        <span className={styles.texts}>
          <span className={styles.word} {...studied}>
            {card.word}
          </span>
          <span className={styles.translation} lang={card.translation_language}>
            {card.translation}
          </span>
        </span>
        <StatusBadge status={card.status} />
      </Link>
    </li>
  );
}

/** The cards of a deck, searched and filtered by the server, more of them on demand. */
export function CardList({ deck, onAdd }: { deck: DeckDetail; onAdd: () => void }) {
  const { t } = useI18n();
  const [search, setSearch] = useState("");
  const [status, setStatus] = useState<CardStatus>();
  const cards = useInfiniteQuery({
    ...cardsQuery({ deckId: deck.id, search: useDebounced(search.trim(), 250), status }),
    placeholderData: (before) => before,
  });

  if (deck.cards_count === 0) {
    return (
      <EmptyState title={t("cards.empty_title")} text={t("cards.empty_text")}>
        <Button onClick={onAdd}>{t("cards.add")}</Button>
      </EmptyState>
    );
  }
  const found = cards.data?.pages.flatMap((page) => page.data);
  return (
    <>
      <search className={styles.filters}>
        <Input label={t("cards.search")} type="search" maxLength={200} value={search} onChange={(event) => setSearch(event.target.value)} />
        <Select label={t("cards.status")} value={status ?? ""} onChange={(event) => setStatus((event.target.value || undefined) as CardStatus | undefined)}>
          <option value="">{t("cards.status_all")}</option>
          {STATUSES.map((one) => (
            <option key={one} value={one}>
              {t(`status.${one}`)}
            </option>
          ))}
        </Select>
      </search>
      {cards.isError && <EmptyState title={t("error.title")} text={errorText(t, cards.error)} />}
      {cards.isPending && <Skeleton count={5} />}
      {found && (
        <>
          <p className={styles.found} role="status">
            {found.length === 0 ? t("cards.none_found") : t("cards.shown", { count: found.length, total: deck.cards_count })}
          </p>
          {found.length > 0 && (
            <ul className={styles.list}>
              {found.map((card) => (
                <Row key={card.id} card={card} />
              ))}
            </ul>
          )}
        </>
      )}
      {cards.hasNextPage && (
        <Button kind="secondary" busy={cards.isFetchingNextPage} onClick={() => void cards.fetchNextPage()}>
          {t("common.more")}
        </Button>
      )}
    </>
  );
}
