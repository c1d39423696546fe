import { useQuery } from "@tanstack/react-query";
import { metaQuery } from "@/shared/api/requests/meta";
import { profilesQuery } from "@/shared/api/requests/profiles";
import { useI18n } from "@/shared/i18n/i18n";
import { languageOf } from "@/shared/lib/languages";
import { Badge } from "@/shared/ui/badge";
import { ButtonLink } from "@/shared/ui/button";
import { Icon } from "@/shared/ui/icon";
import { Menu, MenuItem } from "@/shared/ui/menu";
import { Page } from "@/shared/ui/page";

export function ProfilesPage() {
  const { t } = useI18n();
  const { data: profiles = [] } = useQuery(profilesQuery);
  const { data: meta } = useQuery(metaQuery);
  return (
    <Page title={t("profile.languages")} back="/profile">
      <Menu label={t("profile.languages")}>
        {profiles.map((profile) => (
          <MenuItem
            key={profile.id}
            to={`/profile/profiles/${profile.id}/edit`}
            label={`${languageOf(meta?.languages ?? [], profile)?.flag ?? ""} ${profile.language_name}`}
            note={t("profile.levels", { current: profile.current_level, target: profile.target_level })}
            after={profile.is_active && <Badge tone="success">{t("profile.active")}</Badge>}
          />
        ))}
      </Menu>
      <ButtonLink kind="secondary" to="/profile/profiles/create">
        <Icon name="plus" size={20} />
        {t("profile.add_language")}
      </ButtonLink>
    </Page>
  );
}
