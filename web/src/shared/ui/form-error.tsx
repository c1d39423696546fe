import { errorText } from "@/shared/api/errors";
import { useI18n } from "@/shared/i18n/i18n";
import styles from "./form-error.module.css";

/** What went wrong with the form above; nothing while all is well. */
export function FormError({ error }: { error: unknown }) {
  const { t } = useI18n();
  if (!error) return null;
  return (
    <p className={styles.error} role="alert">
      {errorText(t, error)}
    </p>
  );
}
