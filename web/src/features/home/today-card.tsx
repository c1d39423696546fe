import { useQuery } from "@tanstack/react-query";
import { countsQuery } from "@/shared/api/requests/counts";
import { useI18n } from "@/shared/i18n/i18n";
import { readyToday } from "@/shared/lib/counts";
import { ButtonLink } from "@/shared/ui/button";
import { QueryState } from "@/shared/ui/query-state";
import { Skeleton } from "@/shared/ui/skeleton";
import styles from "./today-card.module.css";

/** How many cards wait today, and the way to them. */
export function TodayCard() {
  const { t } = useI18n();
  const counts = useQuery(countsQuery("all"));
  return (
    <QueryState query={counts} loading={<Skeleton shape="block" />}>
      {({ counts: { review, learning, new: fresh }, counts: all }) => (
        <section className={styles.today}>
          <h2>{readyToday(all) > 0 ? t("home.today", { count: readyToday(all) }) : t("home.done")}</h2>
          <p className={styles.parts}>
            {readyToday(all) > 0 ? (
              <>
                <span>{t("study.review_count", { count: review + learning })}</span>
                <span>{t("study.new_count", { count: fresh })}</span>
              </>
            ) : (
              t("home.done_text")
            )}
          </p>
          <ButtonLink className={styles.action} to={readyToday(all) > 0 ? "/practice/cards/session?deck=all" : "/practice/cards?tab=decks"}>
            {t(readyToday(all) > 0 ? "home.study" : "home.add_words")}
          </ButtonLink>
        </section>
      )}
    </QueryState>
  );
}
