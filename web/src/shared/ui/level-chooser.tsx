import type { Level } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { ChooseOne } from "./choice";
import styles from "./level-chooser.module.css";

interface Props {
  legend: string;
  name: string;
  levels: readonly Level[];
  /** Levels below this one cannot be chosen. */
  floor?: Level | undefined;
  value: Level | undefined;
  onChange: (level: Level) => void;
}

export function LevelChooser({ legend, name, levels, floor, value, onChange }: Props) {
  const { t } = useI18n();
  return (
    <ChooseOne
      legend={legend}
      name={name}
      value={value}
      onChange={onChange}
      options={levels.map((level) => ({
        value: level,
        disabled: floor !== undefined && levels.indexOf(level) < levels.indexOf(floor),
        label: (
          <span className={styles.level}>
            <span className={styles.code}>{level}</span> <span className={styles.name}>{t(`level.${level}`)}</span>
          </span>
        ),
      }))}
    />
  );
}
