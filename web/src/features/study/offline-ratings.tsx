import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { refreshCounts } from "@/shared/api/profile-data";
import { useI18n } from "@/shared/i18n/i18n";
import { toast } from "@/shared/ui/toast";
import { useOfflineQueue } from "./use-offline-queue";

const AGAIN_MS = 15_000;

/** Sends the ratings made offline: now, when the browser is online again, and every 15 s, for it does not know of all. */
export function OfflineRatings() {
  const { t } = useI18n();
  const client = useQueryClient();
  const queue = useOfflineQueue();
  useEffect(() => {
    const flush = async () => {
      const waiting = queue.list().length;
      if (waiting === 0 || !(await queue.flush().catch(() => false))) return;
      toast(t("study.offline_sent", { count: waiting }));
      await refreshCounts(client);
    };
    void flush();
    window.addEventListener("online", flush);
    const again = window.setInterval(flush, AGAIN_MS);
    return () => {
      window.removeEventListener("online", flush);
      window.clearInterval(again);
    };
  }, [client, queue, t]);
  return null;
}
