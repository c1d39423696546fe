import { useState } from "react";
import { useNavigate } from "react-router";
import type { DeckDetail } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { Confirm, Dialog } from "@/shared/ui/dialog";
import { Menu, MenuItem } from "@/shared/ui/menu";
import { toast } from "@/shared/ui/toast";
import { useActivateDeck } from "./api/activate-deck";
import { useDeleteDeck } from "./api/delete-deck";
import { useRenameDeck } from "./api/rename-deck";
import { NameForm } from "./name-form";

interface Props {
  deck: DeckDetail;
  onClose: () => void;
}

function RenameDialog({ deck, onClose }: Props) {
  const { t } = useI18n();
  const rename = useRenameDeck(deck.id);
  return (
    <Dialog title={t("decks.rename")} onClose={onClose}>
      <NameForm
        initial={deck.name}
        action={t("common.save")}
        busy={rename.isPending}
        error={rename.error}
        onSubmit={(name) => rename.mutate(name, { onSuccess: onClose })}
      />
    </Dialog>
  );
}

function DeleteDialog({ deck, onClose }: Props) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const remove = useDeleteDeck();
  const confirm = () =>
    remove.mutate(deck.id, { onSuccess: () => void navigate("/practice/cards?tab=decks", { replace: true }) });
  return (
    <Confirm
      title={t("decks.delete_title")}
      text={t("decks.delete_text", { name: deck.name, count: deck.cards_count })}
      action={t("common.delete")}
      danger
      busy={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}

export function DeckMenu({ deck, onClose }: Props) {
  const { t } = useI18n();
  const [step, setStep] = useState<"rename" | "delete">();
  const activate = useActivateDeck();
  if (step === "rename") return <RenameDialog deck={deck} onClose={onClose} />;
  if (step === "delete") return <DeleteDialog deck={deck} onClose={onClose} />;
  const makeActive = () =>
    activate.mutate(deck.id, {
      onSuccess: () => {
        toast(t("decks.activated", { name: deck.name }));
        onClose();
      },
    });
  return (
    <Dialog title={deck.name} onClose={onClose}>
      <Menu label={t("decks.menu")}>
        {!deck.is_active && <MenuItem icon="check" label={t("decks.activate")} note={t("decks.activate_note")} onClick={makeActive} />}
        <MenuItem icon="pencil" label={t("decks.rename")} onClick={() => setStep("rename")} />
        <MenuItem icon="trash" label={t("decks.delete")} danger onClick={() => setStep("delete")} />
      </Menu>
    </Dialog>
  );
}
