import type { LanguageEntry, Meta, Profile } from "@/shared/api/types";
import type { Language } from "@/shared/i18n/translate";

/** What `entry` is called in the interface language. */
export function languageName(entry: LanguageEntry, language: Language): string {
  return entry.names[language];
}

/** The languages one may study, popular ones first, then by name; those that match `search` in any spelling. */
export function findLanguages(
  { languages, popular }: Pick<Meta, "languages" | "popular">,
  language: Language,
  search: string,
): LanguageEntry[] {
  const wanted = search.trim().toLocaleLowerCase();
  const rank = ({ code }: LanguageEntry) => (popular.includes(code) ? popular.indexOf(code) : popular.length);
  return languages
    .filter((entry) => entry.code !== language)
    .filter((entry) => [...Object.values(entry.names), entry.native_name].some((name) => name.toLocaleLowerCase().includes(wanted)))
    .toSorted((a, b) => rank(a) - rank(b) || languageName(a, language).localeCompare(languageName(b, language), language));
}

export function languageOf(entries: readonly LanguageEntry[], profile: Pick<Profile, "language">): LanguageEntry | undefined {
  return entries.find(({ code }) => code === profile.language);
}
