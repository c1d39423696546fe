import type { QueueItem } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { cx } from "@/shared/lib/cx";
import { formatInterval } from "@/shared/lib/format";
import { RATINGS } from "@/shared/lib/ratings";
import styles from "./rating-buttons.module.css";

interface Props {
  previews: QueueItem["previews"];
  disabled: boolean;
  onRate: (rating: number) => void;
}

/** The four ratings, each with the interval it would give. */
export function RatingButtons({ previews, disabled, onRate }: Props) {
  const { t, language } = useI18n();
  return (
    <div className={styles.ratings} role="group" aria-label={t("session.ratings")}>
      {RATINGS.map((name, index) => (
        <button
          key={name}
          type="button"
          className={cx(styles.rating, styles[name])}
          disabled={disabled}
          aria-keyshortcuts={String(index + 1)}
          onClick={() => onRate(index + 1)}
        >
          <span className={styles.label}>{t(`rating.${name}`)}</span>
          <span className={styles.interval}>{formatInterval(language, previews[name])}</span>
        </button>
      ))}
    </div>
  );
}
