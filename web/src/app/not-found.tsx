import { useI18n } from "@/shared/i18n/i18n";
import { ButtonLink } from "@/shared/ui/button";
import { FullScreen } from "@/shared/ui/full-screen";

export function NotFound() {
  const { t } = useI18n();
  return (
    <FullScreen title={t("not_found.title")} text={t("not_found.text")}>
      <ButtonLink to="/">{t("common.home")}</ButtonLink>
    </FullScreen>
  );
}
