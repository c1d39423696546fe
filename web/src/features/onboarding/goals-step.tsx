import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Navigate } from "react-router";
import { useCreateProfile } from "@/shared/api/requests/create-profile";
import { metaQuery } from "@/shared/api/requests/meta";
import { useI18n } from "@/shared/i18n/i18n";
import { GoalsChooser } from "@/shared/ui/goals-chooser";
import { draftQuery } from "./api/draft";
import { Step } from "./step";

export function GoalsStep() {
  const { t } = useI18n();
  const { data: draft } = useQuery(draftQuery);
  const { data: meta } = useQuery(metaQuery);
  const [goals, setGoals] = useState<string[]>([...(draft?.goals ?? [])]);
  const create = useCreateProfile();
  if (!draft?.language || !draft.current_level) return <Navigate to="/onboarding/levels" replace />;

  const { language, current_level, target_level } = draft;
  const finish = (chosen: string[]) => {
    const body = { language, current_level, ...(target_level ? { target_level } : {}), ...(chosen.length ? { goals: chosen } : {}) };
    create.mutate(body);
  };
  return (
    <Step
      number={4}
      title={t("onboarding.goals_title")}
      lead={t("onboarding.goals_lead")}
      back="/onboarding/levels"
      ready={goals.length > 0}
      busy={create.isPending}
      error={create.error}
      onContinue={() => finish(goals)}
      onSkip={() => finish([])}
    >
      <GoalsChooser goals={meta?.goals ?? []} values={goals} onChange={setGoals} />
    </Step>
  );
}
