import { useI18n } from "@/shared/i18n/i18n";
import { webApp } from "@/shared/telegram/web-app";
import { Button } from "@/shared/ui/button";
import { FullScreen } from "@/shared/ui/full-screen";

/** The session has ended and the launch data is too old for another one. */
export function Reopen() {
  const { t } = useI18n();
  return (
    <FullScreen title={t("reopen.title")} text={t("reopen.text")}>
      <Button onClick={() => webApp()?.close()}>{t("common.close")}</Button>
    </FullScreen>
  );
}
