import { useState, type FormEvent } from "react";
import type { CardDetail } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { FormError } from "@/shared/ui/form-error";
import { useEditCard } from "./api/edit-card";
import { CardFields, complete, type CardTexts } from "./card-fields";
import styles from "./form.module.css";

export function EditCardDialog({ card, onClose }: { card: CardDetail; onClose: () => void }) {
  const { t } = useI18n();
  const { word, translation, example, example_translation, notes } = card;
  const [texts, setTexts] = useState<CardTexts>({ word, translation, example, example_translation, notes });
  const edit = useEditCard(card.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    edit.mutate(texts, { onSuccess: onClose });
  };
  return (
    <Dialog title={t("card.edit")} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <CardFields texts={texts} onChange={setTexts} />
        <FormError error={edit.error} />
        <Button type="submit" busy={edit.isPending} disabled={!complete(texts)}>
          {t("common.save")}
        </Button>
      </form>
    </Dialog>
  );
}
