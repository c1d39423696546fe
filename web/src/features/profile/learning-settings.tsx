import { useUpdateMe } from "@/shared/api/requests/update-me";
import type { Me, Profile } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { Card } from "@/shared/ui/card";
import { Select } from "@/shared/ui/field";
import { useUpdateProfile } from "./api/update-profile";
import styles from "./form.module.css";
import { NumberField } from "./number-field";

const SIDES: readonly Me["card_side"][] = ["random", "learning", "native"];
const ORDERS: readonly Profile["new_card_order"][] = ["added", "frequency"];

/** How cards are studied: the learner's own settings and those of the active language. */
export function LearningSettings({ me, profile }: { me: Me; profile: Profile }) {
  const { t } = useI18n();
  const updateMe = useUpdateMe();
  const update = useUpdateProfile(profile.id);
  return (
    <Card className={styles.section}>
      <h2>{t("settings.learning")}</h2>
      <Select label={t("settings.card_side")} value={me.card_side} onChange={(event) => updateMe.mutate({ card_side: event.target.value as Me["card_side"] })}>
        {SIDES.map((side) => (
          <option key={side} value={side}>
            {t(`settings.side_${side}`)}
          </option>
        ))}
      </Select>
      <NumberField label={t("settings.session_cards")} value={me.session_card_count} min={10} max={20} onSave={(session_card_count) => updateMe.mutate({ session_card_count })} />
      <NumberField label={t("settings.new_cards")} value={profile.new_cards_per_day} min={0} max={200} onSave={(new_cards_per_day) => update.mutate({ new_cards_per_day })} />
      <Select label={t("settings.order")} value={profile.new_card_order} onChange={(event) => update.mutate({ new_card_order: event.target.value as Profile["new_card_order"] })}>
        {ORDERS.map((order) => (
          <option key={order} value={order}>
            {t(`settings.order_${order}`)}
          </option>
        ))}
      </Select>
      <NumberField
        label={t("settings.retention")}
        hint={t("settings.retention_hint")}
        value={Math.round(profile.desired_retention * 100)}
        min={70}
        max={97}
        onSave={(percent) => update.mutate({ desired_retention: percent / 100 })}
      />
      <NumberField label={t("settings.max_interval")} value={profile.max_interval_days} min={30} max={36_500} onSave={(max_interval_days) => update.mutate({ max_interval_days })} />
    </Card>
  );
}
