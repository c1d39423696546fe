import { useNavigate } from "react-router";
import { useI18n } from "@/shared/i18n/i18n";
import { Dialog } from "@/shared/ui/dialog";
import { useCreateDeck } from "./api/create-deck";
import { NameForm } from "./name-form";

export function CreateDeckDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const create = useCreateDeck();
  const submit = (name: string) =>
    create.mutate(name, { onSuccess: ({ id }) => void navigate(`/practice/cards/deck/${id}`) });
  return (
    <Dialog title={t("decks.create")} onClose={onClose}>
      <NameForm action={t("common.create")} busy={create.isPending} error={create.error} onSubmit={submit} />
    </Dialog>
  );
}
