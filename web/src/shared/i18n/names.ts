import type { Language } from "./translate";

/** What each interface language calls itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { ru: "Русский", en: "English" };
