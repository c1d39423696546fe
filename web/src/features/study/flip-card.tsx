import { useEffect, useRef } from "react";
import type { QueueItem } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { cx } from "@/shared/lib/cx";
import { useStudied } from "@/shared/lib/use-studied";
import { Badge } from "@/shared/ui/badge";
import styles from "./flip-card.module.css";

type Card = QueueItem["card"];

function TargetSide({ card, detailed }: { card: Card; detailed: boolean }) {
  const studied = useStudied();
  return (
    <>
      <p className={styles.word} {...studied}>
        {card.word}
      </p>
      {detailed && card.transcription && <p className={styles.transcription}>{card.transcription}</p>}
      {card.example && (
        <p className={styles.example} {...studied}>
          {card.example}
        </p>
      )}
    </>
  );
}

function NativeSide({ card }: { card: Card }) {
  const native = { lang: card.translation_language };
  return (
    <>
      <p className={styles.translation} {...native}>
        {card.translation}
      </p>
      {card.example_translation && (
        <p className={styles.exampleTranslation} {...native}>
          {card.example_translation}
        </p>
      )}
    </>
  );
}

/** One card of the session. Until it is flipped, its other side is not in the document. */
export function FlipCard({ item: { card, side }, revealed }: { item: QueueItem; revealed: boolean }) {
  const { t } = useI18n();
  const front = useRef<HTMLElement>(null);
  const back = useRef<HTMLDivElement>(null);
  useEffect(() => (revealed ? back : front).current?.focus({ preventScroll: true }), [revealed]);
  const target = <TargetSide card={card} detailed={revealed} />;
  const native = <NativeSide card={card} />;
  return (
    <article ref={front} className={cx(styles.card, revealed && styles.revealed)} tabIndex={-1} aria-label={t(`session.front_${side}`)}>
      {card.status === "new" && (
        <p className={styles.badge}>
          <Badge tone="link">{t("status.new")}</Badge>
        </p>
      )}
      <div className={styles.side}>{side === "learning" ? target : native}</div>
      {revealed && (
        <div ref={back} className={cx(styles.side, styles.back)} tabIndex={-1} role="group" aria-label={t("session.answer")}>
          {side === "learning" ? native : target}
          {card.notes && <p className={styles.notes}>{card.notes}</p>}
        </div>
      )}
    </article>
  );
}
