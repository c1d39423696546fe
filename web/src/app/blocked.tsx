import { useI18n } from "@/shared/i18n/i18n";
import { FullScreen } from "@/shared/ui/full-screen";

export function Blocked() {
  const { t } = useI18n();
  return <FullScreen title={t("blocked.title")} text={t("blocked.text")} />;
}
