import { useEffect } from "react";
import { errorText } from "@/shared/api/errors";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Logo } from "@/shared/ui/logo";
import styles from "./start-failed.module.css";

/** The client could not reach the server while starting: says so and offers another try. */
export function StartFailed({ error, onRetry, busy }: { error: unknown; onRetry: () => void; busy: boolean }) {
  const { t } = useI18n();
  useEffect(() => {
    window.addEventListener("online", onRetry);
    return () => window.removeEventListener("online", onRetry);
  }, [onRetry]);
  return (
    <main className={styles.screen}>
      <Logo />
      <h1>{t("start.failed_title")}</h1>
      <p role="alert" className={styles.text}>
        {errorText(t, error)}
      </p>
      <Button busy={busy} onClick={onRetry}>
        {t("common.retry")}
      </Button>
    </main>
  );
}
