import { useQuery } from "@tanstack/react-query";
import { meQuery } from "@/shared/api/requests/me";
import { profilesQuery } from "@/shared/api/requests/profiles";
import { useI18n } from "@/shared/i18n/i18n";
import { Menu, MenuItem } from "@/shared/ui/menu";
import { Page } from "@/shared/ui/page";
import { PlanCard } from "./plan-card";

export function ProfilePage() {
  const { t } = useI18n();
  const { data: me } = useQuery(meQuery);
  const { data: profiles = [] } = useQuery(profilesQuery);
  if (!me) return null;
  return (
    <Page title={[me.first_name, me.last_name].filter(Boolean).join(" ")}>
      <PlanCard me={me} />
      <Menu label={t("profile.menu")}>
        <MenuItem
          icon="globe"
          label={t("profile.languages")}
          note={profiles.map((profile) => profile.language_name).join(", ")}
          to="/profile/profiles"
        />
        <MenuItem icon="settings" label={t("settings.title")} to="/profile/settings" />
        <MenuItem icon="devices" label={t("sessions.title")} to="/profile/sessions" />
        <MenuItem icon="document" label={t("legal.privacy")} to="/legal/privacy-policy" />
        <MenuItem icon="document" label={t("legal.terms")} to="/legal/terms-of-service" />
      </Menu>
    </Page>
  );
}
