export type Language = "ru" | "en";
export type Message = string | readonly string[];
export type Catalogue = Readonly<Record<string, Message>>;
export type Params = Readonly<Record<string, string | number>>;

export const LANGUAGES: readonly Language[] = ["ru", "en"];

/** Order of the plural forms in the gettext catalogues of each language. */
const PLURAL_FORMS: Record<Language, readonly Intl.LDMLPluralRule[]> = {
  ru: ["one", "few", "many"],
  en: ["one", "other"],
};

function pluralForm(language: Language, forms: readonly string[], count: number): string {
  const category = new Intl.PluralRules(language).select(count);
  const index = PLURAL_FORMS[language].indexOf(category);
  return forms.at(index) ?? "";
}

function parameter(language: Language, value: string | number): string {
  return typeof value === "number" ? new Intl.NumberFormat(language).format(value) : value;
}

/** The text of `key`; plural messages are chosen by the parameter `count`. A missing key shows itself. */
export function translate(language: Language, catalogue: Catalogue, key: string, params: Params = {}): string {
  const message = catalogue[key] ?? key;
  const text = typeof message === "string" ? message : pluralForm(language, message, Number(params.count ?? 0));
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = params[name];
    return value === undefined ? placeholder : parameter(language, value);
  });
}
