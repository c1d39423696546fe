import { useQuery } from "@tanstack/react-query";
import { meQuery } from "@/shared/api/requests/me";
import { rateBatch } from "./api/rate-batch";
import { OfflineQueue } from "./offline-queue";

const queues = new Map<string, OfflineQueue>();

function queueOf(userId: string): OfflineQueue {
  const queue = queues.get(userId) ?? new OfflineQueue(localStorage, userId, rateBatch);
  queues.set(userId, queue);
  return queue;
}

/** The signed-in learner's ratings that wait for a connection. */
export function useOfflineQueue(): OfflineQueue {
  return queueOf(useQuery(meQuery).data?.id ?? "");
}
