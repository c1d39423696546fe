import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { meQuery } from "@/shared/api/requests/me";
import { rateBatch } from "./api/rate-batch";
import { OfflineQueue } from "./offline-queue";

/** The signed-in learner's ratings that wait for a connection. */
export function useOfflineQueue(): OfflineQueue {
  const userId = useQuery(meQuery).data?.id ?? "";
  return useMemo(() => new OfflineQueue(localStorage, userId, rateBatch), [userId]);
}
