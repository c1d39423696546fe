import { useQuery } from "@tanstack/react-query";
import { useLocation, useSearchParams } from "react-router";
import { useI18n } from "@/shared/i18n/i18n";
import { ButtonLink } from "@/shared/ui/button";
import { FullScreen } from "@/shared/ui/full-screen";
import { QueryState } from "@/shared/ui/query-state";
import { Skeleton } from "@/shared/ui/skeleton";
import { MODES, sessionQuery, type Scope } from "./api/start-session";
import { SessionView } from "./session-view";
import styles from "./session.module.css";

export function SessionPage() {
  const { t } = useI18n();
  const { key } = useLocation();
  const [search] = useSearchParams();
  const scope: Scope = {
    deck_id: search.get("deck") ?? "all",
    mode: MODES.find((one) => one === search.get("mode")) ?? "mixed",
  };
  const session = useQuery(sessionQuery(key, scope));
  const loading = (
    <main className={styles.screen}>
      <h1 className="visually-hidden">{t("session.title")}</h1>
      <Skeleton shape="block" />
    </main>
  );
  return (
    <QueryState query={session} loading={loading}>
      {(started) =>
        started.queue.length > 0 ? (
          <SessionView key={started.session_id} session={started} scope={scope} again={search.toString()} />
        ) : (
          <FullScreen title={t("session.nothing_title")} text={t("session.nothing_text")}>
            <ButtonLink to="/practice/cards">{t("session.to_cards")}</ButtonLink>
          </FullScreen>
        )
      }
    </QueryState>
  );
}
