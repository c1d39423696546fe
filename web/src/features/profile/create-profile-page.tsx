import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useNavigate } from "react-router";
import { useActivateProfile } from "@/shared/api/requests/activate-profile";
import { useCreateProfile } from "@/shared/api/requests/create-profile";
import { metaQuery } from "@/shared/api/requests/meta";
import { profilesQuery } from "@/shared/api/requests/profiles";
import type { Level } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { rememberDestination } from "@/shared/lib/destination";
import { Button } from "@/shared/ui/button";
import { FormError } from "@/shared/ui/form-error";
import { LanguageChooser } from "@/shared/ui/language-chooser";
import { LevelChooser } from "@/shared/ui/level-chooser";
import { Page } from "@/shared/ui/page";
import styles from "./form.module.css";

/** Another language to study; it becomes the active one. */
export function CreateProfilePage() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { data: meta } = useQuery(metaQuery);
  const { data: profiles = [] } = useQuery(profilesQuery);
  const [language, setLanguage] = useState<string>();
  const [level, setLevel] = useState<Level>();
  const create = useCreateProfile();
  const activate = useActivateProfile();
  const studied = new Set(profiles.map((profile) => profile.language));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!language || !level) return;
    const { id } = await create.mutateAsync({ language, current_level: level });
    await activate.mutateAsync(id);
    rememberDestination("/");
    await navigate("/onboarding/starter", { replace: true });
  };
  return (
    <Page title={t("profile.add_language")} back="/profile/profiles">
      <form className={styles.form} onSubmit={(event) => void submit(event).catch(() => undefined)}>
        {meta && (
          <LanguageChooser
            meta={{ ...meta, languages: meta.languages.filter(({ code }) => !studied.has(code)) }}
            value={language}
            onChange={setLanguage}
          />
        )}
        <LevelChooser legend={t("profile.current_level")} name="level" levels={meta?.levels ?? []} value={level} onChange={setLevel} />
        <FormError error={create.error} />
        <Button type="submit" busy={create.isPending || activate.isPending} disabled={!language || !level}>
          {t("profile.add_language")}
        </Button>
      </form>
    </Page>
  );
}
