import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useReducer, useRef, useState } from "react";
import { errorText } from "@/shared/api/errors";
import { refreshCounts } from "@/shared/api/profile-data";
import { useI18n } from "@/shared/i18n/i18n";
import { useStore } from "@/shared/lib/store";
import { haptic } from "@/shared/telegram/haptics";
import { toast } from "@/shared/ui/toast";
import { rate as sendRating } from "./api/rate";
import type { Scope, StartedSession } from "./api/start-session";
import { undoRating } from "./api/undo";
import { deliver } from "./deliver";
import { sessionReducer, startState } from "./session-state";
import { useOfflineQueue } from "./use-offline-queue";

const LONGEST_MS = 120_000;
/** What again, hard, good and easy feel like. */
const FEELINGS = ["error", "light", "success", "success"] as const;

/** A run of cards: shows the next one at once, sends every rating in its turn, takes the last one back. */
export function useStudySession(session: StartedSession, scope: Scope) {
  const { t } = useI18n();
  const client = useQueryClient();
  const queue = useOfflineQueue();
  const [state, dispatch] = useReducer(sessionReducer, session, startState);
  const waiting = useStore(queue.waiting);
  const [undoing, setUndoing] = useState(false);
  const line = useRef(Promise.resolve());
  const sent = useRef<string[]>([]);
  const shownAt = useRef(0);

  useEffect(() => {
    shownAt.current = performance.now();
  }, []);
  useEffect(() => () => void refreshCounts(client), [client]);

  const inTurn = (work: () => Promise<void>) => {
    line.current = line.current.then(work).catch((error: unknown) => toast(errorText(t, error), "error"));
    return line.current;
  };

  const rate = (rating: number) => {
    if (!state.current || !state.revealed || state.awaiting || undoing) return;
    const body = {
      card_id: state.current.card.id,
      rating,
      client_id: crypto.randomUUID(),
      session_id: session.session_id,
      duration_ms: Math.min(LONGEST_MS, Math.round(performance.now() - shownAt.current)),
    };
    const ratings = state.past.length + 1;
    const madeAt = new Date().toISOString();
    sent.current.push(body.client_id);
    shownAt.current = performance.now();
    haptic(FEELINGS[rating - 1] ?? "light");
    dispatch({ type: "rated" });
    void inTurn(async () => {
      const answer = await deliver(body, madeAt, queue, (rated) => sendRating(rated, scope)).catch((error: unknown) => {
        dispatch({ type: "unanswered" });
        throw error;
      });
      if (answer?.leech) toast(t("study.leech"));
      dispatch(answer ? { type: "answered", next: answer.next, ratings } : { type: "unanswered" });
    });
  };

  const undo = () => {
    const last = sent.current.at(-1);
    if (last === undefined || undoing) return;
    setUndoing(true);
    void inTurn(async () => {
      if (!queue.remove(last)) await undoRating(scope.deck_id);
      sent.current.pop();
      shownAt.current = performance.now();
      dispatch({ type: "undone" });
    }).finally(() => setUndoing(false));
  };

  const flip = () => {
    haptic("light");
    dispatch({ type: "flip" });
  };

  return { state, waiting, flip, rate, undo };
}
