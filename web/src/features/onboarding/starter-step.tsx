import { useQuery } from "@tanstack/react-query";
import { Navigate, useNavigate } from "react-router";
import { useInstallStarterDeck } from "@/shared/api/requests/install-starter-deck";
import { profilesQuery } from "@/shared/api/requests/profiles";
import { starterDecksQuery } from "@/shared/api/requests/starter-decks";
import { useI18n } from "@/shared/i18n/i18n";
import { rememberedDestination } from "@/shared/lib/destination";
import { askToWrite } from "@/shared/telegram/write-access";
import { Badge } from "@/shared/ui/badge";
import { QueryState } from "@/shared/ui/query-state";
import { Step } from "./step";
import styles from "./starter-step.module.css";

/** Offers the first words; with no deck for the language there is nothing to ask. */
export function StarterStep() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { data: profiles } = useQuery(profilesQuery);
  const active = profiles?.find((profile) => profile.is_active);
  const starters = useQuery({ ...starterDecksQuery(active?.language ?? ""), enabled: active !== undefined });
  const install = useInstallStarterDeck();
  const finish = () => {
    askToWrite();
    void navigate(rememberedDestination(), { replace: true });
  };
  if (!active) return <Navigate to="/onboarding/welcome" replace />;

  return (
    <QueryState query={starters}>
      {([starter]) =>
        starter && (!starter.installed || !install.isIdle) ? (
          <Step
            number={5}
            title={t("onboarding.starter_title")}
            lead={t("onboarding.starter_lead")}
            action={t("onboarding.starter_add")}
            busy={install.isPending}
            error={install.error}
            onContinue={() => install.mutate(starter.key, { onSuccess: finish })}
            onSkip={finish}
          >
            <article className={styles.deck}>
              <h2>{starter.title}</h2>
              <p>
                <Badge tone="accent">{starter.level}</Badge> <Badge>{t("decks.cards", { count: starter.cards_count })}</Badge>
              </p>
            </article>
          </Step>
        ) : (
          <Navigate to={rememberedDestination()} replace />
        )
      }
    </QueryState>
  );
}
