import { useQuery } from "@tanstack/react-query";
import { Navigate, useSearchParams } from "react-router";
import type { Summary } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { useNow } from "@/shared/lib/use-now";
import { formatDuration, formatPercent, formatRelative } from "@/shared/lib/format";
import { RATINGS } from "@/shared/lib/ratings";
import { ButtonLink } from "@/shared/ui/button";
import { Page } from "@/shared/ui/page";
import { Progress } from "@/shared/ui/progress";
import { QueryState } from "@/shared/ui/query-state";
import { summaryQuery } from "./api/summary";
import styles from "./summary-page.module.css";

function Facts({ summary }: { summary: Summary }) {
  const now = useNow();
  const { t, language } = useI18n();
  const facts = [
    [t("summary.studied"), String(summary.studied)],
    [t("summary.new"), String(summary.new_learned)],
    [t("summary.time"), formatDuration(summary.duration_ms)],
  ] as const;
  return (
    <>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {summary.next_due_at && (
        <p className={styles.next}>{t("summary.next", { when: formatRelative(language, summary.next_due_at, now) })}</p>
      )}
    </>
  );
}

function Shares({ ratings }: { ratings: Summary["ratings"] }) {
  const { t, language } = useI18n();
  return (
    <section className={styles.shares}>
      <h2>{t("summary.ratings")}</h2>
      <div className={styles.bar} aria-hidden="true">
        {RATINGS.map((name) => (
          <span key={name} className={styles[name]} style={{ flexGrow: ratings[name].count }} />
        ))}
      </div>
      <ul className={styles.legend}>
        {RATINGS.map((name) => (
          <li key={name}>
            <span className={`${styles.dot} ${styles[name]}`} aria-hidden="true" />
            {t(`rating.${name}`)}
            <strong>{ratings[name].count}</strong>
            <span className={styles.share}>{formatPercent(language, ratings[name].share)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function LevelProgress({ done }: { done: number }) {
  const { t, language } = useI18n();
  const label = t("profile.progress", { percent: formatPercent(language, done) });
  return (
    <section className={styles.level}>
      <p>{label}</p>
      <Progress label={label} value={done} max={1} />
    </section>
  );
}

/** What the session came to, and where to go from here. */
export function SummaryPage() {
  const { t } = useI18n();
  const [search] = useSearchParams();
  const id = search.get("session");
  const summary = useQuery({ ...summaryQuery(id ?? ""), enabled: id !== null });
  if (!id) return <Navigate to="/practice/cards" replace />;

  const again = new URLSearchParams(search);
  again.delete("session");
  return (
    <Page title={t("summary.title")}>
      <QueryState query={summary}>
        {(data) => (
          <>
            <Facts summary={data} />
            <Shares ratings={data.ratings} />
            <LevelProgress done={data.level_progress} />
          </>
        )}
      </QueryState>
      <div className={styles.actions}>
        <ButtonLink to={`/practice/cards/session?${again.toString()}`}>{t("summary.continue")}</ButtonLink>
        <ButtonLink kind="secondary" to="/">
          {t("common.home")}
        </ButtonLink>
      </div>
    </Page>
  );
}
