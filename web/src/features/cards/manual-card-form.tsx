import { useState, type FormEvent } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { FormError } from "@/shared/ui/form-error";
import { AddResults } from "./add-results";
import { useAddCards } from "./api/add-cards";
import { CardFields, complete, type CardTexts } from "./card-fields";
import styles from "./form.module.css";

const BLANK: CardTexts = { word: "", translation: "", example: "", example_translation: "", notes: "" };

/** One card written by hand. */
export function ManualCardForm({ deckId }: { deckId: string }) {
  const { t } = useI18n();
  const [texts, setTexts] = useState(BLANK);
  const add = useAddCards();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ deck_id: deckId, cards: [texts] }, { onSuccess: ({ created }) => created.length > 0 && setTexts(BLANK) });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <CardFields texts={texts} onChange={setTexts} />
      <FormError error={add.error} />
      <Button type="submit" busy={add.isPending} disabled={!complete(texts)}>
        {t("add.submit")}
      </Button>
      {add.data && <AddResults results={add.data} />}
    </form>
  );
}
