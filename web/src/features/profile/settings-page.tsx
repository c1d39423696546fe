import { useQuery } from "@tanstack/react-query";
import { meQuery } from "@/shared/api/requests/me";
import { profilesQuery } from "@/shared/api/requests/profiles";
import { useI18n } from "@/shared/i18n/i18n";
import { Page } from "@/shared/ui/page";
import { AccountSettings } from "./account-settings";
import { InterfaceSettings } from "./interface-settings";
import { LearningSettings } from "./learning-settings";

export function SettingsPage() {
  const { t } = useI18n();
  const { data: me } = useQuery(meQuery);
  const { data: profiles = [] } = useQuery(profilesQuery);
  const active = profiles.find((profile) => profile.is_active);
  return (
    <Page title={t("settings.title")} back="/profile">
      {me && active && <LearningSettings me={me} profile={active} />}
      {me && <InterfaceSettings me={me} />}
      {me && <AccountSettings me={me} />}
    </Page>
  );
}
