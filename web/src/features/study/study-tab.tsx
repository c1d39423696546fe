import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { countsQuery } from "@/shared/api/requests/counts";
import { decksQuery } from "@/shared/api/requests/decks";
import type { Deck } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { ButtonLink } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { Select } from "@/shared/ui/field";
import { QueryState } from "@/shared/ui/query-state";
import { Skeleton } from "@/shared/ui/skeleton";
import { ReadyCards } from "./ready-cards";

function Chooser({ decks }: { decks: readonly Deck[] }) {
  const { t } = useI18n();
  const [deckId, setDeckId] = useState("all");
  const next = useQuery({ ...countsQuery(deckId), placeholderData: (before) => before });
  return (
    <>
      <Select label={t("study.deck")} value={deckId} onChange={(event) => setDeckId(event.target.value)}>
        <option value="all">{t("study.all_decks")}</option>
        {decks.map((deck) => (
          <option key={deck.id} value={deck.id}>
            {deck.name}
          </option>
        ))}
      </Select>
      <QueryState query={next} loading={<Skeleton shape="block" />}>
        {(data) => <ReadyCards next={data} deckId={deckId} />}
      </QueryState>
    </>
  );
}

export function StudyTab() {
  const { t } = useI18n();
  const decks = useQuery(decksQuery);
  return (
    <QueryState query={decks}>
      {(list) =>
        list.some((deck) => deck.cards_count > 0) ? (
          <Chooser decks={list} />
        ) : (
          <EmptyState title={t("study.no_cards_title")} text={t("study.no_cards_text")}>
            <ButtonLink to="/practice/cards?tab=decks">{t("study.to_decks")}</ButtonLink>
          </EmptyState>
        )
      }
    </QueryState>
  );
}
