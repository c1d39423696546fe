import { createStore, useStore } from "@/shared/lib/store";
import { LANGUAGES, translate, type Catalogue, type Language, type Params } from "./translate";

const loaders: Record<Language, () => Promise<{ default: Catalogue }>> = {
  ru: () => import("@locales/ru/LC_MESSAGES/web.po"),
  en: () => import("@locales/en/LC_MESSAGES/web.po"),
};

export type Translate = (key: string, params?: Params) => string;

interface I18n {
  language: Language;
  t: Translate;
}

const store = createStore<I18n>({ language: "en", t: (key) => key });

let announce: () => void = () => undefined;

/** Resolves when there are texts to show. */
export const textsLoaded = new Promise<void>((resolve) => {
  announce = resolve;
});

/** The first supported language the browser asks for. */
export function preferredLanguage(wanted: readonly string[]): Language {
  const codes = wanted.map((tag) => tag.slice(0, 2).toLowerCase());
  return LANGUAGES.find((language) => language === codes.find((code) => LANGUAGES.includes(code as Language))) ?? "en";
}

/** Loads the catalogue of `language`, then shows every text in it. */
export async function setLanguage(language: Language): Promise<void> {
  const catalogue = (await loaders[language]()).default;
  document.documentElement.lang = language;
  store.set({ language, t: (key, params) => translate(language, catalogue, key, params) });
  announce();
}

/** The current translator, for code outside components. */
export function currentI18n(): I18n {
  return store.get();
}

export function useI18n(): I18n {
  return useStore(store);
}
