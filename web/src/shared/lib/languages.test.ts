import { expect, test } from "vitest";
import type { LanguageEntry } from "@/shared/api/types";
import { findLanguages } from "./languages";

const entry = (code: string, ru: string, en: string, native_name: string) =>
  ({ code, names: { ru, en }, native_name }) as LanguageEntry;

const meta = {
  popular: ["en", "es"],
  languages: [
    entry("sr", "Сербский", "Serbian", "Српски"),
    entry("ar", "Арабский", "Arabic", "العربية"),
    entry("es", "Испанский", "Spanish", "Español"),
    entry("en", "Английский", "English", "English"),
    entry("ru", "Русский", "Russian", "Русский"),
  ],
};
const codes = (language: "ru" | "en", search = "") => findLanguages(meta, language, search).map(({ code }) => code);

test("popular languages come first, the others by name; one's own is left out", () => {
  expect(codes("ru")).toEqual(["en", "es", "ar", "sr"]);
  expect(codes("en")).toEqual(["es", "ar", "ru", "sr"]);
});

test.each(["исп", "SPAN", "español"])("%s finds Spanish", (search) => {
  expect(codes("ru", search)).toEqual(["es"]);
});
