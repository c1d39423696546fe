import type { CardDetail } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { useNow } from "@/shared/lib/use-now";
import { formatDays, formatRelative } from "@/shared/lib/format";
import styles from "./card-page.module.css";

/** When the card comes back and how it went so far. */
export function CardSchedule({ card }: { card: CardDetail }) {
  const now = useNow();
  const { t, language } = useI18n();
  const interval = card.interval_days > 0 ? formatDays(language, card.interval_days) : t("card.no_interval");
  const facts: [string, string][] = [
    [t("card.due"), card.due ? formatRelative(language, card.due, now) : t("card.not_scheduled")],
    ...(card.due ? [[t("card.interval"), interval] satisfies [string, string]] : []),
    [t("card.reviews"), String(card.reviews_count)],
    [t("card.lapses"), String(card.lapses)],
  ];
  return (
    <section className={styles.section}>
      <h2>{t("card.schedule")}</h2>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
