import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { metaQuery } from "@/shared/api/requests/meta";
import { useUpdateMe } from "@/shared/api/requests/update-me";
import { useI18n } from "@/shared/i18n/i18n";
import { LANGUAGE_NAMES } from "@/shared/i18n/names";
import { LANGUAGES } from "@/shared/i18n/translate";
import { ChooseOne } from "@/shared/ui/choice";
import { Step } from "./step";
import styles from "./welcome-step.module.css";

/** The interface language, and what happens with the learner's data. */
export function WelcomeStep() {
  const { t, language } = useI18n();
  const navigate = useNavigate();
  const update = useUpdateMe();
  const { data: meta } = useQuery(metaQuery);
  const agree = () =>
    update.mutate({ consent_version: meta?.legal_version }, { onSuccess: () => void navigate("/onboarding/language") });
  return (
    <Step
      number={1}
      title={t("onboarding.welcome_title")}
      lead={t("onboarding.welcome_lead")}
      action={t("onboarding.agree")}
      busy={update.isPending}
      error={update.error}
      onContinue={agree}
    >
      <ChooseOne
        legend={t("onboarding.native")}
        name="native"
        value={language}
        onChange={(native_language) => update.mutate({ native_language })}
        options={LANGUAGES.map((code) => ({ value: code, label: <span lang={code}>{LANGUAGE_NAMES[code]}</span> }))}
      />
      <p className={styles.consent}>
        {t("onboarding.consent")} <Link to="/legal/privacy-policy">{t("legal.privacy")}</Link>
        {" · "}
        <Link to="/legal/terms-of-service">{t("legal.terms")}</Link>
      </p>
    </Step>
  );
}
