import { useEffect, useState } from "react";
import { Navigate, useNavigate } from "react-router";
import { useI18n } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { useBack } from "@/shared/telegram/back";
import { haptic } from "@/shared/telegram/haptics";
import { useClosingConfirmation } from "@/shared/telegram/use-closing-confirmation";
import { IconButton } from "@/shared/ui/button";
import { Confirm } from "@/shared/ui/dialog";
import { Icon } from "@/shared/ui/icon";
import { MainAction } from "@/shared/ui/main-action";
import { usePageHeading } from "@/shared/ui/page";
import { Progress } from "@/shared/ui/progress";
import type { Scope, StartedSession } from "./api/start-session";
import { FlipCard } from "./flip-card";
import { RatingButtons } from "./rating-buttons";
import { total } from "./session-state";
import styles from "./session.module.css";
import { useSessionKeys } from "./use-session-keys";
import { useStudySession } from "./use-study-session";

interface Props {
  session: StartedSession;
  scope: Scope;
  /** The query string that starts another session like this one. */
  again: string;
}

export function SessionView({ session, scope, again }: Props) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const heading = usePageHeading(t("session.title"));
  const { state, waiting, flip, rate, undo } = useStudySession(session, scope);
  const [leaving, setLeaving] = useState(false);
  const leave = () => (state.past.length > 0 ? setLeaving(true) : void navigate("/practice/cards"));
  useSessionKeys({ enabled: !leaving, revealed: state.revealed, flip, rate, undo, leave });
  useBack(leave);
  useClosingConfirmation();
  useEffect(() => heading.current?.focus(), [heading]);
  useEffect(() => {
    if (state.complete) haptic("heavy");
  }, [state.complete]);

  if (state.complete) {
    return <Navigate to={`/practice/cards/session-complete?session=${session.session_id}&${again}`} replace />;
  }
  const { current, past, revealed, awaiting } = state;
  if (!current) return null;
  const all = total(state);
  const place = Math.min(past.length + 1, all);
  return (
    <main className={styles.screen}>
      <header className={styles.head}>
        <IconButton icon="close" label={t("session.leave")} onClick={leave} />
        <h1 ref={heading} className="visually-hidden" tabIndex={-1}>
          {t("session.title")}
        </h1>
        <Progress label={t("session.progress")} value={past.length} max={all} />
        <p className={styles.counter} aria-label={t("session.counter", { place, total: all })}>
          {place}/{all}
        </p>
        <IconButton icon="undo" label={t("session.undo")} disabled={past.length === 0} onClick={undo} aria-keyshortcuts="z" />
      </header>
      {waiting > 0 && (
        <p className={styles.offline} role="status">
          <Badge tone="warning">
            <Icon name="offline" size={16} />
            {t("study.offline", { count: waiting })}
          </Badge>
        </p>
      )}
      <FlipCard key={`${current.card.id}-${past.length}`} item={current} revealed={revealed} />
      <footer className={styles.foot}>
        {revealed ? (
          <RatingButtons previews={current.previews} disabled={awaiting} onRate={rate} />
        ) : (
          <MainAction text={t("session.flip")} disabled={leaving} shortcut="Space" onClick={flip} />
        )}
        <p className={styles.keys}>{t(revealed ? "session.keys_rate" : "session.keys_flip")}</p>
      </footer>
      {leaving && (
        <Confirm
          title={t("session.leave_title")}
          text={t("session.leave_text")}
          action={t("session.leave")}
          onConfirm={() => void navigate("/practice/cards")}
          onClose={() => setLeaving(false)}
        />
      )}
    </main>
  );
}
