import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { useI18n } from "@/shared/i18n/i18n";
import { Button, IconButton } from "@/shared/ui/button";
import { FormError } from "@/shared/ui/form-error";
import { MainAction } from "@/shared/ui/main-action";
import { usePageHeading } from "@/shared/ui/page";
import { Progress } from "@/shared/ui/progress";
import styles from "./step.module.css";

export const STEPS = 5;

interface Props {
  number: number;
  title: string;
  lead?: string;
  back?: string;
  ready?: boolean;
  busy?: boolean;
  error?: unknown;
  action?: string;
  onContinue: () => void;
  onSkip?: () => void;
  children: ReactNode;
}

/** One question of the onboarding: heading, answer, and a button that waits until it is answered. */
export function Step({ number, title, lead, back, ready = true, busy, error, action, onContinue, onSkip, children }: Props) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const heading = usePageHeading(title);
  return (
    <main className={styles.step}>
      <header className={styles.head}>
        <div className={styles.bar}>
          {back && <IconButton icon="back" label={t("common.back")} onClick={() => void navigate(back)} />}
          <Progress label={t("onboarding.progress", { step: number, steps: STEPS })} value={number} max={STEPS} />
        </div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p className={styles.lead}>{lead}</p>}
      </header>
      <div className={styles.body}>{children}</div>
      <footer className={styles.foot}>
        <FormError error={error} />
        <MainAction text={action ?? t("common.continue")} disabled={!ready} busy={busy} onClick={onContinue} />
        {onSkip && (
          <Button wide kind="plain" disabled={busy} onClick={onSkip}>
            {t("common.skip")}
          </Button>
        )}
      </footer>
    </main>
  );
}
