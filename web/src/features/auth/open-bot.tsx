import { useI18n } from "@/shared/i18n/i18n";
import styles from "./sign-in.module.css";

export function OpenBot({ username }: { username: string }) {
  const { t } = useI18n();
  return (
    <a className={styles.link} href={`https://t.me/${username}?start=login`} target="_blank" rel="noreferrer">
      {t("sign_in.open_bot")}
    </a>
  );
}
