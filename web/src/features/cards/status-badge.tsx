import type { CardStatus } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { Badge, type Tone } from "@/shared/ui/badge";

const TONES: Record<CardStatus, Tone> = {
  new: "link",
  learning: "accent",
  review: "success",
  relearning: "warning",
  suspended: "neutral",
};

export const STATUSES = Object.keys(TONES) as CardStatus[];

export function StatusBadge({ status }: { status: CardStatus }) {
  const { t } = useI18n();
  return <Badge tone={TONES[status]}>{t(`status.${status}`)}</Badge>;
}
