import { useQuery } from "@tanstack/react-query";
import { decksQuery } from "@/shared/api/requests/decks";
import type { CardDetail } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { Dialog } from "@/shared/ui/dialog";
import { FormError } from "@/shared/ui/form-error";
import { Menu, MenuItem } from "@/shared/ui/menu";
import { QueryState } from "@/shared/ui/query-state";
import { useEditCard } from "./api/edit-card";

/** Another deck for the card; its schedule goes with it. */
export function MoveCardDialog({ card, onClose }: { card: CardDetail; onClose: () => void }) {
  const { t } = useI18n();
  const decks = useQuery(decksQuery);
  const edit = useEditCard(card.id);
  return (
    <Dialog title={t("card.move")} onClose={onClose}>
      <QueryState query={decks}>
        {(list) => {
          const others = list.filter((deck) => deck.id !== card.deck_id);
          if (others.length === 0) return <p>{t("card.nowhere_to_move")}</p>;
          return (
            <Menu label={t("card.move")}>
              {others.map((deck) => (
                <MenuItem key={deck.id} icon="cards" label={deck.name} onClick={() => edit.mutate({ deck_id: deck.id }, { onSuccess: onClose })} />
              ))}
            </Menu>
          );
        }}
      </QueryState>
      <FormError error={edit.error} />
    </Dialog>
  );
}
