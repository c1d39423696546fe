import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { metaQuery } from "@/shared/api/requests/meta";
import { useI18n } from "@/shared/i18n/i18n";
import { LanguageChooser } from "@/shared/ui/language-chooser";
import { draftQuery } from "./api/draft";
import { useSaveDraft } from "./api/save-draft";
import { Step } from "./step";
import { useState } from "react";

export function LanguageStep() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { data: draft } = useQuery(draftQuery);
  const { data: meta } = useQuery(metaQuery);
  const [chosen, setChosen] = useState(draft?.language ?? undefined);
  const save = useSaveDraft();
  return (
    <Step
      number={2}
      title={t("onboarding.language_title")}
      back="/onboarding/welcome"
      ready={chosen !== undefined}
      busy={save.isPending}
      error={save.error}
      onContinue={() => save.mutate({ language: chosen }, { onSuccess: () => void navigate("/onboarding/levels") })}
    >
      {meta && <LanguageChooser meta={meta} value={chosen} onChange={setChosen} />}
    </Step>
  );
}
