import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { refreshCounts } from "@/shared/api/profile-data";
import { useI18n } from "@/shared/i18n/i18n";
import { toast } from "@/shared/ui/toast";
import { useOfflineQueue } from "./use-offline-queue";

/** Sends the ratings made offline, now and whenever the connection returns. */
export function OfflineRatings() {
  const { t } = useI18n();
  const client = useQueryClient();
  const queue = useOfflineQueue();
  useEffect(() => {
    const flush = async () => {
      const waiting = queue.list().length;
      if (waiting === 0 || !(await queue.flush())) return;
      toast(t("study.offline_sent", { count: waiting }));
      await refreshCounts(client);
    };
    void flush();
    window.addEventListener("online", flush);
    return () => window.removeEventListener("online", flush);
  }, [client, queue, t]);
  return null;
}
