import { useState } from "react";
import { useNavigate } from "react-router";
import type { CardDetail } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { Confirm, Dialog } from "@/shared/ui/dialog";
import { Menu, MenuItem } from "@/shared/ui/menu";
import { useChangeSchedule } from "./api/change-schedule";
import { useDeleteCard } from "./api/delete-card";
import { EditCardDialog } from "./edit-card-dialog";
import { MoveCardDialog } from "./move-card-dialog";

interface Props {
  card: CardDetail;
  onClose: () => void;
}

function DeleteDialog({ card, onClose }: Props) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const remove = useDeleteCard();
  const confirm = () =>
    remove.mutate(card.id, { onSuccess: () => void navigate(`/practice/cards/deck/${card.deck_id}`, { replace: true }) });
  return (
    <Confirm
      title={t("card.delete_title")}
      text={t("card.delete_text", { word: card.word })}
      action={t("common.delete")}
      danger
      busy={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}

function ResetDialog({ card, onClose }: Props) {
  const { t } = useI18n();
  const change = useChangeSchedule(card.id);
  return (
    <Confirm
      title={t("card.reset_title")}
      text={t("card.reset_text")}
      action={t("card.reset")}
      danger
      busy={change.isPending}
      onConfirm={() => change.mutate("reset", { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

export function CardMenu({ card, onClose }: Props) {
  const { t } = useI18n();
  const [step, setStep] = useState<"edit" | "move" | "reset" | "delete">();
  const change = useChangeSchedule(card.id);
  if (step === "edit") return <EditCardDialog card={card} onClose={onClose} />;
  if (step === "move") return <MoveCardDialog card={card} onClose={onClose} />;
  if (step === "reset") return <ResetDialog card={card} onClose={onClose} />;
  if (step === "delete") return <DeleteDialog card={card} onClose={onClose} />;
  const suspended = card.status === "suspended";
  const toggle = () => change.mutate(suspended ? "resume" : "suspend", { onSuccess: onClose });
  return (
    <Dialog title={card.word} onClose={onClose}>
      <Menu label={t("card.menu")}>
        <MenuItem icon="pencil" label={t("card.edit")} onClick={() => setStep("edit")} />
        <MenuItem icon="move" label={t("card.move")} onClick={() => setStep("move")} />
        <MenuItem icon={suspended ? "play" : "pause"} label={t(suspended ? "card.resume" : "card.suspend")} note={t("card.suspend_note")} onClick={toggle} />
        {card.reviews_count > 0 && <MenuItem icon="restart" label={t("card.reset")} onClick={() => setStep("reset")} />}
        <MenuItem icon="trash" label={t("card.delete")} danger onClick={() => setStep("delete")} />
      </Menu>
    </Dialog>
  );
}
