import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { metaQuery } from "@/shared/api/requests/meta";
import { useI18n } from "@/shared/i18n/i18n";
import { isOlder } from "@/shared/lib/versions";
import { Button } from "@/shared/ui/button";
import { FullScreen } from "@/shared/ui/full-screen";
import { version } from "../../package.json";

const HOUR = 3_600_000;

/** Stops a page that is too old for its server, however long it has been open; until that is known it goes on. */
export function UpToDate({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  const { data: minimum } = useQuery({ ...metaQuery, select: (meta) => meta.minimum_client_version, refetchInterval: HOUR });
  if (minimum === undefined || !isOlder(version, minimum)) return children;
  return (
    <FullScreen title={t("update.title")} text={t("update.text")}>
      <Button onClick={() => location.reload()}>{t("update.reload")}</Button>
    </FullScreen>
  );
}
