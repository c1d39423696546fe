import { useI18n } from "@/shared/i18n/i18n";

export function OpenBot({ username }: { username: string }) {
  const { t } = useI18n();
  return (
    <p>
      <a href={`https://t.me/${username}?start=login`} target="_blank" rel="noreferrer">
        {t("sign_in.open_bot")}
      </a>
    </p>
  );
}
