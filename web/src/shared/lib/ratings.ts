import type { Tone } from "@/shared/ui/badge";

export type RatingName = "again" | "hard" | "good" | "easy";

export const RATINGS: readonly RatingName[] = ["again", "hard", "good", "easy"];

export const RATING_TONES: Record<RatingName, Tone> = { again: "error", hard: "warning", good: "success", easy: "link" };

/** The name of a rating from 1 to 4. */
export function ratingName(rating: number): RatingName {
  return RATINGS[rating - 1] ?? "again";
}
