import type { LanguageEntry, Profile } from "@/shared/api/types";
import type { Language } from "@/shared/i18n/translate";

/** What `entry` is called in the interface language. */
export function languageName(entry: LanguageEntry, language: Language): string {
  return language === "ru" ? entry.name_ru : entry.name_en;
}

const POPULAR = ["en", "es", "fr", "de", "it"];

function rank({ code }: LanguageEntry): number {
  return POPULAR.includes(code) ? POPULAR.indexOf(code) : POPULAR.length;
}

/** The languages one may study, popular ones first, then by name; those that match `search` in any spelling. */
export function findLanguages(entries: readonly LanguageEntry[], language: Language, search: string): LanguageEntry[] {
  const wanted = search.trim().toLocaleLowerCase();
  return entries
    .filter((entry) => entry.code !== language)
    .filter((entry) => [entry.name_ru, entry.name_en, entry.name_native].some((name) => name.toLocaleLowerCase().includes(wanted)))
    .toSorted((a, b) => rank(a) - rank(b) || languageName(a, language).localeCompare(languageName(b, language), language));
}

export function languageOf(entries: readonly LanguageEntry[], profile: Pick<Profile, "language">): LanguageEntry | undefined {
  return entries.find(({ code }) => code === profile.language);
}
