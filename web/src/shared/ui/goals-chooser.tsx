import type { Meta } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { ChooseMany } from "./choice";

interface Props {
  goals: Meta["goals"];
  values: readonly string[];
  onChange: (goals: string[]) => void;
}

export function GoalsChooser({ goals, values, onChange }: Props) {
  const { t, language } = useI18n();
  const toggle = (goal: string) => onChange(values.includes(goal) ? values.filter((one) => one !== goal) : [...values, goal]);
  return (
    <ChooseMany
      legend={t("profile.goals")}
      name="goals"
      values={values}
      onToggle={toggle}
      options={goals.map((goal) => ({ value: goal.key, label: goal.names[language] }))}
    />
  );
}
