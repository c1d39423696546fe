import type { CardDetail } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { formatDays, formatMoment } from "@/shared/lib/format";
import { RATING_TONES, ratingName } from "@/shared/lib/ratings";
import { Badge } from "@/shared/ui/badge";
import styles from "./card-page.module.css";

export function CardHistory({ history }: { history: CardDetail["history"] }) {
  const { t, language } = useI18n();
  if (history.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2>{t("card.history")}</h2>
      <ol className={styles.history}>
        {history.map(({ reviewed_at, rating, interval_after }) => (
          <li key={reviewed_at}>
            <time dateTime={reviewed_at}>{formatMoment(language, reviewed_at)}</time>
            {interval_after > 0 && <span>{formatDays(language, interval_after)}</span>}
            <Badge tone={RATING_TONES[ratingName(rating)]}>{t(`rating.${ratingName(rating)}`)}</Badge>
          </li>
        ))}
      </ol>
    </section>
  );
}
