import { cx } from "@/shared/lib/cx";
import { useI18n } from "@/shared/i18n/i18n";
import styles from "./skeleton.module.css";

/** The shape of what is being loaded. */
export function Skeleton({ shape = "line", count = 1 }: { shape?: "line" | "block"; count?: number }) {
  const { t } = useI18n();
  return (
    <div className={styles.stack} role="status" aria-label={t("common.loading")}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={cx(styles.skeleton, styles[shape])} />
      ))}
    </div>
  );
}
