import { useState } from "react";
import { useNavigate } from "react-router";
import type { Profile } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Confirm } from "@/shared/ui/dialog";
import { useDeleteProfile } from "./api/delete-profile";

/** Removes a language with its decks and cards, after asking. */
export function DeleteProfile({ profile }: { profile: Profile }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const remove = useDeleteProfile();
  return (
    <>
      <Button kind="danger" onClick={() => setAsking(true)}>
        {t("profile.delete")}
      </Button>
      {asking && (
        <Confirm
          title={t("profile.delete_title", { language: profile.language_name })}
          text={t("profile.delete_text", { count: profile.progress.cards_count })}
          action={t("common.delete")}
          danger
          busy={remove.isPending}
          onConfirm={() => remove.mutate(profile.id, { onSuccess: () => void navigate("/profile/profiles", { replace: true }) })}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
