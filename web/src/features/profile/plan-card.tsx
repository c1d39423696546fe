import type { Me } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { formatDate } from "@/shared/lib/format";
import { Badge } from "@/shared/ui/badge";
import { Card } from "@/shared/ui/card";
import { Progress } from "@/shared/ui/progress";
import styles from "./profile-page.module.css";

function Limit({ label, used, max }: { label: string; used: number; max: number | null }) {
  const { t } = useI18n();
  return (
    <div className={styles.limit}>
      <p className={styles.numbers}>
        <span>{label}</span>
        <span>{max === null ? t("limits.unlimited", { used }) : t("limits.used", { used, max })}</span>
      </p>
      {max !== null && <Progress label={label} value={used} max={max} />}
    </div>
  );
}

/** The plan and how much of it is used. */
export function PlanCard({ me }: { me: Me }) {
  const { t, language } = useI18n();
  const { cards, profiles } = me.limits;
  return (
    <Card className={styles.plan}>
      <header className={styles.head}>
        <h2>{t("profile.plan")}</h2>
        <Badge tone={me.is_premium ? "accent" : "neutral"}>{t(`plan.${me.plan}`)}</Badge>
      </header>
      {me.trial_ends_at && <p className={styles.note}>{t("profile.trial_until", { date: formatDate(language, me.trial_ends_at) })}</p>}
      <Limit label={t("limits.cards")} used={cards.used} max={cards.max ?? null} />
      <Limit label={t("limits.profiles")} used={profiles.used} max={profiles.max ?? null} />
    </Card>
  );
}
