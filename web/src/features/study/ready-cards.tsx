import type { Next } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { useNow } from "@/shared/lib/use-now";
import { readyToday } from "@/shared/lib/counts";
import { formatRelative } from "@/shared/lib/format";
import { ButtonLink } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import styles from "./ready-cards.module.css";

/** The numbers of what is ready and the ways to study it, or the congratulation. */
export function ReadyCards({ next: { status, counts, ready_at }, deckId }: { next: Next; deckId: string }) {
  const now = useNow();
  const { t, language } = useI18n();
  const session = `/practice/cards/session?deck=${deckId}`;
  const tiles = [
    ["learning", counts.learning],
    ["review", counts.review],
    ["new", counts.new],
  ] as const;
  if (status === "waiting" && ready_at) {
    return (
      <EmptyState title={t("study.waiting_title")} text={t("study.waiting_text", { when: formatRelative(language, ready_at, now) })}>
        <ButtonLink to={session}>{t("study.show_now")}</ButtonLink>
      </EmptyState>
    );
  }
  if (readyToday(counts) === 0) return <EmptyState title={t("study.done_title")} text={t("study.done_text")} />;
  return (
    <>
      <dl className={styles.tiles}>
        {tiles.map(([name, count]) => (
          <div key={name} className={styles.tile}>
            <dt>{t(`study.${name}`)}</dt>
            <dd className={styles[name]}>{count}</dd>
          </div>
        ))}
      </dl>
      <ButtonLink to={session}>{t("study.start")}</ButtonLink>
      <div className={styles.more}>
        {counts.review > 0 && (
          <ButtonLink kind="secondary" to={`${session}&mode=due`}>
            {t("study.quick_review")}
          </ButtonLink>
        )}
        {counts.new > 0 && (
          <ButtonLink kind="secondary" to={`${session}&mode=new`}>
            {t("study.learn_new")}
          </ButtonLink>
        )}
      </div>
    </>
  );
}
