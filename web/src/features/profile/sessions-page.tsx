import { useQuery } from "@tanstack/react-query";
import type { AuthSession } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { useNow } from "@/shared/lib/use-now";
import { formatRelative } from "@/shared/lib/format";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { Page } from "@/shared/ui/page";
import { QueryState } from "@/shared/ui/query-state";
import { useRevokeSession } from "./api/revoke-session";
import { sessionsQuery } from "./api/sessions";
import { useSignOut } from "./api/sign-out";
import styles from "./sessions-page.module.css";

function Session({ session }: { session: AuthSession }) {
  const now = useNow();
  const { t, language } = useI18n();
  const revoke = useRevokeSession();
  return (
    <li className={styles.session}>
      <div className={styles.texts}>
        <p>{session.device_label ?? t("sessions.unknown_device")}</p>
        <p className={styles.note}>
          {t(`sessions.method.${session.method}`)} · {formatRelative(language, session.last_used_at, now)}
        </p>
      </div>
      {session.is_current ? (
        <Badge tone="success">{t("sessions.current")}</Badge>
      ) : (
        <Button kind="danger" busy={revoke.isPending} onClick={() => revoke.mutate(session.id)}>
          {t("sessions.end")}
        </Button>
      )}
    </li>
  );
}

export function SessionsPage() {
  const { t } = useI18n();
  const sessions = useQuery(sessionsQuery);
  const signOut = useSignOut();
  return (
    <Page title={t("sessions.title")} back="/profile">
      <QueryState query={sessions}>
        {(list) => (
          <ul className={styles.list}>
            {list.map((session) => (
              <Session key={session.id} session={session} />
            ))}
          </ul>
        )}
      </QueryState>
      <Button kind="danger" busy={signOut.isPending} onClick={() => signOut.mutate("all")}>
        {t("sessions.end_all")}
      </Button>
    </Page>
  );
}
