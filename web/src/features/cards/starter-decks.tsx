import { useQuery } from "@tanstack/react-query";
import { useInstallStarterDeck } from "@/shared/api/requests/install-starter-deck";
import { profilesQuery } from "@/shared/api/requests/profiles";
import { starterDecksQuery } from "@/shared/api/requests/starter-decks";
import type { StarterDeck } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { toast } from "@/shared/ui/toast";
import styles from "./decks-tab.module.css";

function Starter({ starter }: { starter: StarterDeck }) {
  const { t } = useI18n();
  const install = useInstallStarterDeck();
  const add = () =>
    install.mutate(starter.key, { onSuccess: ({ created }) => toast(t("decks.starter_added", { count: created })) });
  return (
    <li className={styles.starter}>
      <div>
        <h3>{starter.title}</h3>
        <p className={styles.facts}>
          <Badge tone="accent">{starter.level}</Badge>
          <Badge>{t("decks.cards", { count: starter.cards_count })}</Badge>
        </p>
      </div>
      <Button busy={install.isPending} onClick={add}>
        {t("decks.starter_add")}
      </Button>
    </li>
  );
}

/** Ready decks of the studied language that are not yet among the learner's own. */
export function StarterDecks() {
  const { t } = useI18n();
  const { data: profiles } = useQuery(profilesQuery);
  const language = profiles?.find((profile) => profile.is_active)?.language ?? "";
  const { data: starters = [] } = useQuery({ ...starterDecksQuery(language), enabled: language !== "" });
  const offered = starters.filter((starter) => !starter.installed);
  if (offered.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2>{t("decks.starters")}</h2>
      <ul className={styles.list}>
        {offered.map((starter) => (
          <Starter key={starter.key} starter={starter} />
        ))}
      </ul>
    </section>
  );
}
