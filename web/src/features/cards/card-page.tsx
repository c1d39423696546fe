import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import type { CardDetail } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { IconButton } from "@/shared/ui/button";
import { Page } from "@/shared/ui/page";
import { QueryState } from "@/shared/ui/query-state";
import { cardQuery } from "./api/card";
import { CardHistory } from "./card-history";
import { CardMenu } from "./card-menu";
import { CardSchedule } from "./card-schedule";
import { CardSides } from "./card-sides";

function CardView({ card }: { card: CardDetail }) {
  const { t } = useI18n();
  const [menu, setMenu] = useState(false);
  return (
    <Page
      title={t("card.title")}
      back={`/practice/cards/deck/${card.deck_id}`}
      actions={<IconButton icon="more" label={t("card.menu")} aria-haspopup="dialog" onClick={() => setMenu(true)} />}
    >
      <CardSides card={card} />
      <CardSchedule card={card} />
      <CardHistory history={card.history} />
      {menu && <CardMenu card={card} onClose={() => setMenu(false)} />}
    </Page>
  );
}

export function CardPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const card = useQuery(cardQuery(id));
  if (card.data) return <CardView card={card.data} />;
  return (
    <Page title={t("card.title")} back="/practice/cards?tab=decks">
      <QueryState query={card}>{() => null}</QueryState>
    </Page>
  );
}
