import { useUpdateMe } from "@/shared/api/requests/update-me";
import type { Me } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { LANGUAGE_NAMES } from "@/shared/i18n/names";
import { LANGUAGES, type Language } from "@/shared/i18n/translate";
import type { Theme } from "@/shared/lib/theme";
import { Card } from "@/shared/ui/card";
import { ChooseOne } from "@/shared/ui/choice";
import { Select } from "@/shared/ui/field";
import styles from "./form.module.css";

const THEMES: readonly Theme[] = ["system", "light", "dark"];
const ZONES: readonly string[] = Intl.supportedValuesOf("timeZone");

export function InterfaceSettings({ me }: { me: Me }) {
  const { t } = useI18n();
  const update = useUpdateMe();
  const zones = ZONES.includes(me.timezone) ? ZONES : [me.timezone, ...ZONES];
  return (
    <Card className={styles.section}>
      <h2>{t("settings.interface")}</h2>
      <ChooseOne
        legend={t("settings.theme")}
        layout="row"
        name="theme"
        value={me.theme}
        onChange={(theme) => update.mutate({ theme })}
        options={THEMES.map((theme) => ({ value: theme, label: t(`settings.theme_${theme}`) }))}
      />
      <Select
        label={t("settings.native_language")}
        value={me.native_language}
        onChange={(event) => update.mutate({ native_language: event.target.value as Language })}
      >
        {LANGUAGES.map((code) => (
          <option key={code} value={code} lang={code}>
            {LANGUAGE_NAMES[code]}
          </option>
        ))}
      </Select>
      <Select label={t("settings.timezone")} hint={t("settings.timezone_hint")} value={me.timezone} onChange={(event) => update.mutate({ timezone: event.target.value })}>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </Select>
    </Card>
  );
}
