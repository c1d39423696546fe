import { useI18n } from "@/shared/i18n/i18n";
import { useStudied } from "@/shared/lib/use-studied";
import { Input, Textarea } from "@/shared/ui/field";

export interface CardTexts {
  word: string;
  translation: string;
  example: string;
  example_translation: string;
  notes: string;
}

interface Props {
  texts: CardTexts;
  onChange: (texts: CardTexts) => void;
}

export function complete({ word, translation }: CardTexts): boolean {
  return word.trim() !== "" && translation.trim() !== "";
}

/** The texts of a card, for writing and for editing it. */
export function CardFields({ texts, onChange }: Props) {
  const { t } = useI18n();
  const studied = useStudied();
  const field = (name: keyof CardTexts, maxLength: number) => ({
    label: t(`card.${name}`),
    value: texts[name],
    maxLength,
    onChange: (event: { target: { value: string } }) => onChange({ ...texts, [name]: event.target.value }),
  });
  return (
    <>
      <Input {...studied} {...field("word", 100)} data-autofocus autoCapitalize="none" />
      <Input {...field("translation", 200)} autoCapitalize="none" />
      <Textarea {...studied} {...field("example", 500)} rows={2} />
      <Textarea {...field("example_translation", 500)} rows={2} />
      <Textarea {...field("notes", 1000)} rows={2} />
    </>
  );
}
