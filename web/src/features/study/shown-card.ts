import type { Next, QueueItem } from "@/shared/api/types";

/** The card that the queue serves next, with its front and captions; none when it is done. */
export function shownCard({ card, side, previews }: Next): QueueItem | undefined {
  return card && side && previews ? { card, side, previews } : undefined;
}
