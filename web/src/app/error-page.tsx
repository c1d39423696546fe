import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { FullScreen } from "@/shared/ui/full-screen";

/** Something in the client itself failed: start it afresh from home. */
export function ErrorPage() {
  const { t } = useI18n();
  return (
    <FullScreen title={t("error.title")} text={t("error.unexpected")}>
      <Button onClick={() => window.location.assign("/")}>{t("common.home")}</Button>
    </FullScreen>
  );
}
