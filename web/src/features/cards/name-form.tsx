import { useState, type FormEvent } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Input } from "@/shared/ui/field";
import { FormError } from "@/shared/ui/form-error";
import styles from "./form.module.css";

interface Props {
  initial?: string;
  action: string;
  busy: boolean;
  error: unknown;
  onSubmit: (name: string) => void;
}

/** The name of a deck. */
export function NameForm({ initial = "", action, busy, error, onSubmit }: Props) {
  const { t } = useI18n();
  const [name, setName] = useState(initial);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(name.trim());
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Input label={t("decks.name")} data-autofocus maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      <FormError error={error} />
      <Button type="submit" busy={busy} disabled={name.trim() === ""}>
        {action}
      </Button>
    </form>
  );
}
