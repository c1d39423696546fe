import type { CardDetail } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { useStudied } from "@/shared/lib/use-studied";
import { Badge } from "@/shared/ui/badge";
import styles from "./card-page.module.css";
import { StatusBadge } from "./status-badge";

export function CardSides({ card }: { card: CardDetail }) {
  const { t } = useI18n();
  const studied = useStudied();
  const native = { lang: card.translation_language };
  return (
    <section className={styles.sides}>
      <div className={styles.side}>
        <p className={styles.word} {...studied}>
          {card.word}
        </p>
        {card.transcription && <p className={styles.transcription}>{card.transcription}</p>}
        {card.example && (
          <p className={styles.example} {...studied}>
            {card.example}
          </p>
        )}
      </div>
      <div className={`${styles.side} ${styles.second}`}>
        <p className={styles.translation} {...native}>
          {card.translation}
        </p>
        {card.example_translation && (
          <p className={styles.muted} {...native}>
            {card.example_translation}
          </p>
        )}
        {card.notes && <p className={styles.muted}>{card.notes}</p>}
      </div>
      <p className={styles.badges}>
        <StatusBadge status={card.status} />
        {card.leech && <Badge tone="warning">{t("card.leech")}</Badge>}
        {card.part_of_speech && <Badge>{t(`part.${card.part_of_speech}`)}</Badge>}
        {card.gender && <Badge>{t(`gender.${card.gender}`)}</Badge>}
        {card.frequency && <Badge>{t(`frequency.${card.frequency}`)}</Badge>}
      </p>
    </section>
  );
}
