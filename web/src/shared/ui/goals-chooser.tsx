import type { Goal } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { ChooseMany } from "./choice";

interface Props {
  goals: readonly Goal[];
  values: readonly Goal[];
  onChange: (goals: Goal[]) => void;
}

export function GoalsChooser({ goals, values, onChange }: Props) {
  const { t } = useI18n();
  const toggle = (goal: Goal) => onChange(values.includes(goal) ? values.filter((one) => one !== goal) : [...values, goal]);
  return (
    <ChooseMany
      legend={t("profile.goals")}
      layout="grid"
      name="goals"
      values={values}
      onToggle={toggle}
      options={goals.map((goal) => ({ value: goal, label: t(`goal.${goal}`) }))}
    />
  );
}
