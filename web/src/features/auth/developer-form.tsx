import { useState, type FormEvent } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Card } from "@/shared/ui/card";
import { Input } from "@/shared/ui/field";
import { FormError } from "@/shared/ui/form-error";
import { signInAsDeveloper } from "./api/sign-in-as-developer";
import { useSignIn } from "./api/use-sign-in";
import styles from "./sign-in.module.css";

/** Sign-in of local development: any number is a learner. */
export function DeveloperForm({ preselected }: { preselected: boolean }) {
  const { t } = useI18n();
  const [number, setNumber] = useState("1");
  const signIn = useSignIn(signInAsDeveloper);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ telegram_id: Number(number), first_name: t("sign_in.developer_name", { number }) });
  };
  return (
    <Card className={styles.developer}>
      <form className={styles.form} onSubmit={submit}>
        <Input
          label={t("sign_in.developer_label")}
          hint={t("sign_in.developer_hint")}
          type="number"
          min={1}
          required
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
        <FormError error={signIn.error} />
        <Button type="submit" kind={preselected ? "primary" : "secondary"} autoFocus={preselected} busy={signIn.isPending}>
          {t("sign_in.developer")}
        </Button>
      </form>
    </Card>
  );
}
