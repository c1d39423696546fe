import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { decksQuery } from "@/shared/api/requests/decks";
import type { Deck } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { Icon } from "@/shared/ui/icon";
import { Menu, MenuItem } from "@/shared/ui/menu";
import { QueryState } from "@/shared/ui/query-state";
import { CreateDeckDialog } from "./create-deck-dialog";
import { StarterDecks } from "./starter-decks";

function DeckItem({ deck }: { deck: Deck }) {
  const { t } = useI18n();
  const due = deck.due_cards_count;
  return (
    <MenuItem
      to={`/practice/cards/deck/${deck.id}`}
      label={deck.name}
      note={t("decks.cards", { count: deck.cards_count })}
      after={
        <>
          {due > 0 && <Badge tone="accent">{t("decks.due", { count: due })}</Badge>}
          {deck.is_active && <Badge tone="success">{t("decks.active")}</Badge>}
        </>
      }
    />
  );
}

export function DecksTab() {
  const { t } = useI18n();
  const decks = useQuery(decksQuery);
  const [creating, setCreating] = useState(false);
  return (
    <>
      <QueryState query={decks}>
        {(list) => (
          <Menu label={t("decks.tab")}>
            {list.map((deck) => (
              <DeckItem key={deck.id} deck={deck} />
            ))}
          </Menu>
        )}
      </QueryState>
      <Button kind="secondary" onClick={() => setCreating(true)}>
        <Icon name="plus" size={20} />
        {t("decks.create")}
      </Button>
      <StarterDecks />
      {creating && <CreateDeckDialog onClose={() => setCreating(false)} />}
    </>
  );
}
