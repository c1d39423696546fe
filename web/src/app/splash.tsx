import { useI18n } from "@/shared/i18n/i18n";
import { Logo } from "@/shared/ui/logo";
import styles from "./splash.module.css";

export function Splash() {
  const { t } = useI18n();
  return (
    <main className={styles.splash} aria-busy="true">
      <div className={styles.mark}>
        <Logo />
      </div>
      <p className="visually-hidden" role="status">
        {t("common.loading")}
      </p>
    </main>
  );
}
