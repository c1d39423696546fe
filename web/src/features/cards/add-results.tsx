import type { ReactNode } from "react";
import { Link } from "react-router";
import type { AddedCards } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { useStudied } from "@/shared/lib/use-studied";
import { Badge, type Tone } from "@/shared/ui/badge";
import styles from "./add-results.module.css";

function Result({ word, tone, badge, children }: { word: string; tone: Tone; badge: string; children?: ReactNode }) {
  const studied = useStudied();
  return (
    <li className={styles.result}>
      <span className={styles.word} {...studied}>
        {word}
      </span>
      <Badge tone={tone}>{badge}</Badge>
      {children && <span className={styles.note}>{children}</span>}
    </li>
  );
}

/** What became of every word: created, known already, or not possible and why. */
export function AddResults({ results: { created, duplicates, failed, limit_warning } }: { results: AddedCards }) {
  const { t } = useI18n();
  return (
    <ul className={styles.results} aria-label={t("add.results")} aria-live="polite">
      {created.map((card) => (
        <Result key={card.id} word={card.word} tone="success" badge={t("add.created")}>
          {card.translation}
        </Result>
      ))}
      {duplicates.map(({ word, card_id }) => (
        <Result key={card_id} word={word} tone="warning" badge={t("add.duplicate")}>
          <Link to={`/practice/cards/card/${card_id}`}>{t("add.see_card")}</Link>
        </Result>
      ))}
      {failed.map(({ word, reason }) => (
        <Result key={word} word={word} tone="error" badge={t("add.failed")}>
          {t(`add.reason.${reason}`)}
        </Result>
      ))}
      {limit_warning && (
        <li className={styles.warning}>{t("limits.warning", { used: limit_warning.used, max: limit_warning.max })}</li>
      )}
    </ul>
  );
}
