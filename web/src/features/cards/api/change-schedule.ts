import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import { showCard } from "./show-card";

export type ScheduleChange = "suspend" | "resume" | "reset";

export function useChangeSchedule(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ScheduleChange) => call("post", `/api/cards/{id}/${change}`, { path: { id } }),
    onSuccess: (card) => showCard(client, card),
  });
}
