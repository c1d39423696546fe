import { useState } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { Input } from "@/shared/ui/field";
import { useDeleteAccount } from "./api/delete-account";

/** Deletes the account once the learner has typed their name. */
export function DeleteAccountDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const { t } = useI18n();
  const [typed, setTyped] = useState("");
  const remove = useDeleteAccount();
  return (
    <Dialog title={t("settings.delete_title")} onClose={onClose}>
      <p>{t("settings.delete_text")}</p>
      <Input label={t("settings.delete_confirm", { name })} data-autofocus value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
      <Button kind="danger" busy={remove.isPending} disabled={typed.trim() !== name} onClick={() => remove.mutate()}>
        {t("settings.delete_account")}
      </Button>
    </Dialog>
  );
}
