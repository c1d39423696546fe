import { call } from "@/shared/api/client";
import type { Answer } from "@/shared/api/paths";

/** Takes the learner's newest rating back. */
export function undoRating(deckId: string): Promise<Answer<"/api/cards/rate/undo", "post">> {
  return call("post", "/api/cards/rate/undo", { body: { deck_id: deckId } });
}
