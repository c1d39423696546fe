import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { metaQuery } from "@/shared/api/requests/meta";
import type { Profile } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { languageOf } from "@/shared/lib/languages";
import { formatPercent } from "@/shared/lib/format";
import { Icon } from "@/shared/ui/icon";
import styles from "./profile-card.module.css";
import { ProfileSheet } from "./profile-sheet";

/** The language being studied; a tap offers the others. */
export function ProfileCard({ active, profiles }: { active: Profile; profiles: readonly Profile[] }) {
  const { t, language } = useI18n();
  const { data: meta } = useQuery(metaQuery);
  const [choosing, setChoosing] = useState(false);
  const { streak, cards_count, level_progress } = active.progress;
  return (
    <>
      <button type="button" className={styles.card} aria-haspopup="dialog" onClick={() => setChoosing(true)}>
        <span className={styles.flag} aria-hidden="true">
          {languageOf(meta?.languages ?? [], active)?.flag}
        </span>
        <span className={styles.names}>
          <span className={styles.name}>{active.language_name}</span>
          <span className={styles.facts}>
            <span>{t("profile.levels", { current: active.current_level, target: active.target_level })}</span>
            <span>{t("profile.progress", { percent: formatPercent(language, level_progress) })}</span>
            <span>{t("decks.cards", { count: cards_count })}</span>
            {streak > 0 && <span>{t("profile.streak", { count: streak })}</span>}
          </span>
        </span>
        <span className={styles.switch}>
          <Icon name="forward" size={20} />
        </span>
      </button>
      {choosing && <ProfileSheet profiles={profiles} onClose={() => setChoosing(false)} />}
    </>
  );
}
