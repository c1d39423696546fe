import { useState, type FormEvent } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Input } from "@/shared/ui/field";
import { FormError } from "@/shared/ui/form-error";
import { signInByLink } from "./api/sign-in-by-link";
import { useSignIn } from "./api/use-sign-in";
import { cleanCode, CODE_LENGTH } from "./code";
import styles from "./sign-in.module.css";

/** The eight characters that the bot answers to /login. */
export function CodeForm() {
  const { t } = useI18n();
  const [code, setCode] = useState("");
  const signIn = useSignIn(signInByLink);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ code });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Input
        label={t("sign_in.code_label")}
        hint={t("sign_in.code_hint")}
        className={styles.code}
        value={code}
        onChange={(event) => setCode(cleanCode(event.target.value))}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
      />
      <FormError error={signIn.error} />
      <Button type="submit" busy={signIn.isPending} disabled={code.length < CODE_LENGTH}>
        {t("sign_in.submit")}
      </Button>
    </form>
  );
}
