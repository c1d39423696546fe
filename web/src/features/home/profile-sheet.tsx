import { useQuery } from "@tanstack/react-query";
import { useActivateProfile } from "@/shared/api/requests/activate-profile";
import { metaQuery } from "@/shared/api/requests/meta";
import type { Profile } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { languageOf } from "@/shared/lib/languages";
import { Badge } from "@/shared/ui/badge";
import { Dialog } from "@/shared/ui/dialog";
import { Menu, MenuItem } from "@/shared/ui/menu";

export function ProfileSheet({ profiles, onClose }: { profiles: readonly Profile[]; onClose: () => void }) {
  const { t } = useI18n();
  const { data: meta } = useQuery(metaQuery);
  const activate = useActivateProfile();
  return (
    <Dialog title={t("profile.languages")} onClose={onClose}>
      <Menu label={t("profile.languages")}>
        {profiles.map((profile) => (
          <MenuItem
            key={profile.id}
            label={`${languageOf(meta?.languages ?? [], profile)?.flag ?? ""} ${profile.language_name}`}
            note={t("profile.levels", { current: profile.current_level, target: profile.target_level })}
            after={profile.is_active ? <Badge tone="success">{t("profile.active")}</Badge> : undefined}
            onClick={() => (profile.is_active ? onClose() : activate.mutate(profile.id, { onSuccess: onClose }))}
          />
        ))}
        <MenuItem icon="settings" label={t("profile.manage")} to="/profile/profiles" />
      </Menu>
    </Dialog>
  );
}
