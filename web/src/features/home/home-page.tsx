import { useQuery } from "@tanstack/react-query";
import { meQuery } from "@/shared/api/requests/me";
import { profilesQuery } from "@/shared/api/requests/profiles";
import { useI18n } from "@/shared/i18n/i18n";
import { useNow } from "@/shared/lib/use-now";
import { Page } from "@/shared/ui/page";
import { FirstSteps } from "./first-steps";
import { greetingKey } from "./greeting";
import { ProfileCard } from "./profile-card";
import { TodayCard } from "./today-card";

export function HomePage() {
  const now = useNow();
  const { t } = useI18n();
  const { data: me } = useQuery(meQuery);
  const { data: profiles } = useQuery(profilesQuery);
  const active = profiles?.find((profile) => profile.is_active);
  if (!me || !profiles || !active) return null;
  return (
    <Page title={t(greetingKey(new Date(now).getHours()), { name: me.first_name })}>
      {active.progress.cards_count > 0 ? <TodayCard /> : <FirstSteps />}
      <ProfileCard active={active} profiles={profiles} />
    </Page>
  );
}
