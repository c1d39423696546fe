import { useState } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { Input } from "@/shared/ui/field";

interface Props {
  label: string;
  hint?: string;
  value: number;
  min: number;
  max: number;
  onSave: (value: number) => void;
}

/** A whole number within bounds, saved when the field is left. */
export function NumberField({ label, hint, value, min, max, onSave }: Props) {
  const { t } = useI18n();
  const [draft, setDraft] = useState<string>();
  const text = draft ?? String(value);
  const number = Number(text);
  const valid = text.trim() !== "" && Number.isInteger(number) && number >= min && number <= max;
  const save = () => {
    if (!valid) return;
    if (number !== value) onSave(number);
    setDraft(undefined);
  };
  return (
    <Input
      type="number"
      inputMode="numeric"
      label={label}
      hint={hint}
      min={min}
      max={max}
      value={text}
      error={valid ? undefined : t("settings.out_of_bounds", { min, max })}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={save}
    />
  );
}
