import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Navigate, useNavigate } from "react-router";
import { metaQuery } from "@/shared/api/requests/meta";
import type { Level } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { LevelChooser } from "@/shared/ui/level-chooser";
import { draftQuery } from "./api/draft";
import { useSaveDraft } from "./api/save-draft";
import { Step } from "./step";

export function LevelsStep() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { data: draft } = useQuery(draftQuery);
  const { data: meta } = useQuery(metaQuery);
  const [current, setCurrent] = useState<Level | undefined>(draft?.current_level ?? undefined);
  const [target, setTarget] = useState<Level | undefined>(draft?.target_level ?? undefined);
  const save = useSaveDraft();
  if (!draft?.language) return <Navigate to="/onboarding/language" replace />;

  const levels = meta?.levels ?? [];
  const chooseCurrent = (level: Level) => {
    setCurrent(level);
    if (target && levels.indexOf(target) < levels.indexOf(level)) setTarget(undefined);
  };
  return (
    <Step
      number={3}
      title={t("onboarding.levels_title")}
      back="/onboarding/language"
      ready={current !== undefined}
      busy={save.isPending}
      error={save.error}
      onContinue={() =>
        save.mutate({ current_level: current, target_level: target ?? null }, { onSuccess: () => void navigate("/onboarding/goals") })
      }
    >
      <LevelChooser legend={t("profile.current_level")} name="current" levels={levels} value={current} onChange={chooseCurrent} />
      <LevelChooser legend={t("profile.target_level")} name="target" levels={levels} floor={current} value={target} onChange={setTarget} />
    </Step>
  );
}
