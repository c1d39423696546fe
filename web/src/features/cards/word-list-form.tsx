import { useState, type FormEvent } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { useStudied } from "@/shared/lib/use-studied";
import { Button } from "@/shared/ui/button";
import { Textarea } from "@/shared/ui/field";
import { FormError } from "@/shared/ui/form-error";
import { AddResults } from "./add-results";
import { useAddCards } from "./api/add-cards";
import styles from "./form.module.css";
import { LONGEST_WORD, MOST_WORDS, splitWords } from "./words";

/** Up to twenty words; their content is found by the server. */
export function WordListForm({ deckId }: { deckId: string }) {
  const { t } = useI18n();
  const studied = useStudied();
  const [text, setText] = useState("");
  const add = useAddCards();
  const words = splitWords(text);
  const tooMany = words.length > MOST_WORDS;
  const tooLong = words.find((word) => word.length > LONGEST_WORD);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ deck_id: deckId, words }, { onSuccess: () => setText("") });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Textarea
        {...studied}
        label={t("add.words")}
        hint={t("add.words_hint", { count: words.length, max: MOST_WORDS })}
        error={tooMany ? t("add.too_many", { count: words.length, max: MOST_WORDS }) : tooLong && t("add.too_long", { max: LONGEST_WORD })}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <FormError error={add.error} />
      <Button type="submit" busy={add.isPending} disabled={words.length === 0 || tooMany || tooLong !== undefined}>
        {t("add.submit")}
      </Button>
      {add.data && <AddResults results={add.data} />}
    </form>
  );
}
