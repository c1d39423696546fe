import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Navigate, useNavigate, useParams } from "react-router";
import { useActivateProfile } from "@/shared/api/requests/activate-profile";
import { metaQuery } from "@/shared/api/requests/meta";
import { profilesQuery } from "@/shared/api/requests/profiles";
import type { Level, Profile } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { GoalsChooser } from "@/shared/ui/goals-chooser";
import { LevelChooser } from "@/shared/ui/level-chooser";
import { Page } from "@/shared/ui/page";
import { toast } from "@/shared/ui/toast";
import { useUpdateProfile } from "./api/update-profile";
import { DeleteProfile } from "./delete-profile";

function EditProfile({ profile, removable }: { profile: Profile; removable: boolean }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { data: meta } = useQuery(metaQuery);
  const [current, setCurrent] = useState<Level>(profile.current_level);
  const [target, setTarget] = useState<Level>(profile.target_level);
  const [goals, setGoals] = useState<string[]>([...profile.goals]);
  const update = useUpdateProfile(profile.id);
  const activate = useActivateProfile();
  const levels = meta?.levels ?? [];
  const chooseCurrent = (level: Level) => {
    setCurrent(level);
    if (levels.indexOf(target) < levels.indexOf(level)) setTarget(level);
  };
  const save = () =>
    update.mutate(
      { current_level: current, target_level: target, goals },
      {
        onSuccess: () => {
          toast(t("common.saved"));
          void navigate("/profile/profiles");
        },
      },
    );
  return (
    <Page title={profile.language_name} back="/profile/profiles">
      {!profile.is_active && (
        <Button kind="secondary" busy={activate.isPending} onClick={() => activate.mutate(profile.id, { onSuccess: () => void navigate("/") })}>
          {t("profile.activate")}
        </Button>
      )}
      <LevelChooser legend={t("profile.current_level")} name="current" levels={levels} value={current} onChange={chooseCurrent} />
      <LevelChooser legend={t("profile.target_level")} name="target" levels={levels} floor={current} value={target} onChange={setTarget} />
      <GoalsChooser goals={meta?.goals ?? []} values={goals} onChange={setGoals} />
      <Button busy={update.isPending} disabled={goals.length === 0} onClick={save}>
        {t("common.save")}
      </Button>
      {removable && <DeleteProfile profile={profile} />}
    </Page>
  );
}

export function EditProfilePage() {
  const { id } = useParams();
  const { data: profiles = [] } = useQuery(profilesQuery);
  const profile = profiles.find((one) => one.id === id);
  if (!profile) return <Navigate to="/profile/profiles" replace />;
  return <EditProfile key={profile.id} profile={profile} removable={profiles.length > 1} />;
}
