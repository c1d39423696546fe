import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import type { DeckDetail } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { Button, ButtonLink, IconButton } from "@/shared/ui/button";
import { Page } from "@/shared/ui/page";
import { QueryState } from "@/shared/ui/query-state";
import { AddCardsSheet } from "./add-cards-sheet";
import { deckQuery } from "./api/deck";
import { CardList } from "./card-list";
import styles from "./deck-page.module.css";
import { DeckMenu } from "./deck-menu";

function DeckView({ deck }: { deck: DeckDetail }) {
  const { t } = useI18n();
  const [open, setOpen] = useState<"menu" | "add">();
  const close = () => setOpen(undefined);
  const ready = deck.due_cards_count + deck.new_cards_count > 0;
  return (
    <Page
      title={deck.name}
      back="/practice/cards?tab=decks"
      actions={<IconButton icon="more" label={t("decks.menu")} aria-haspopup="dialog" onClick={() => setOpen("menu")} />}
    >
      <div className={styles.actions}>
        {ready && <ButtonLink to={`/practice/cards/session?deck=${deck.id}`}>{t("decks.study")}</ButtonLink>}
        <Button kind="secondary" onClick={() => setOpen("add")}>
          {t("cards.add")}
        </Button>
      </div>
      <CardList deck={deck} onAdd={() => setOpen("add")} />
      {open === "menu" && <DeckMenu deck={deck} onClose={close} />}
      {open === "add" && <AddCardsSheet deckId={deck.id} onClose={close} />}
    </Page>
  );
}

export function DeckPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const deck = useQuery(deckQuery(id));
  if (deck.data) return <DeckView deck={deck.data} />;
  return (
    <Page title={t("decks.deck")} back="/practice/cards?tab=decks">
      <QueryState query={deck}>{() => null}</QueryState>
    </Page>
  );
}
