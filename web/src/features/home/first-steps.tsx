import { useI18n } from "@/shared/i18n/i18n";
import { Menu, MenuItem } from "@/shared/ui/menu";
import styles from "./first-steps.module.css";

/** What to do first when there is not a single card yet. */
export function FirstSteps() {
  const { t } = useI18n();
  return (
    <section className={styles.steps}>
      <h2>{t("home.first_steps")}</h2>
      <Menu label={t("home.first_steps")}>
        <MenuItem icon="cards" label={t("home.step_starter")} note={t("home.step_starter_note")} to="/practice/cards?tab=decks" />
        <MenuItem icon="plus" label={t("home.step_words")} note={t("home.step_words_note")} to="/practice/cards?tab=decks" />
        <MenuItem icon="play" label={t("home.step_study")} note={t("home.step_study_note")} to="/practice/cards" />
      </Menu>
    </section>
  );
}
