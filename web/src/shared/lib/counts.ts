import type { Counts } from "@/shared/api/types";

/** How many cards can be studied now. */
export function readyToday({ learning, review, new: fresh }: Counts): number {
  return learning + review + fresh;
}
