import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compileCatalogue } from "../../../build/catalogues";
import { LANGUAGES, type Catalogue, type Language, type Message } from "./translate";

const WEB = fileURLToPath(new URL("../../..", import.meta.url));

const NOT_A_TEXT = new Set(["langagent.theme"]);

function catalogue(language: Language): Catalogue {
  return compileCatalogue(readFileSync(`${WEB}/../langagent/locales/${language}/LC_MESSAGES/web.po`, "utf8"));
}

function forms(message: Message | undefined): readonly string[] {
  return typeof message === "string" ? [message] : (message ?? []);
}

function parameters(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).toSorted();
}

const source = globSync(`${WEB}/src/**/*.{ts,tsx}`)
  .filter((file) => !file.endsWith(".test.ts") && !file.endsWith(".d.ts"))
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");
const written = new Set([...source.matchAll(/"([a-z_]+\.[\w.]+)"/g)].map(([, key = ""]) => key));
const families = new Set([...source.matchAll(/\bt\(`([a-z_.]+)\$\{/g)].map(([, prefix = ""]) => prefix));

const ru = catalogue("ru");
const en = catalogue("en");

test("both languages have the same keys", () => {
  expect(Object.keys(ru)).toEqual(Object.keys(en));
});

test.each(Object.keys(en))("%s takes the same parameters in every form", (key) => {
  const [first = "", ...others] = [...forms(en[key]), ...forms(ru[key])];
  for (const text of others) expect(parameters(text)).toEqual(parameters(first));
});

test.each(LANGUAGES)("no text of %s is blank, and every plural form is there", (language) => {
  const count = { ru: 3, en: 2 }[language];
  for (const [key, message] of Object.entries(catalogue(language))) {
    expect(forms(message).every((text) => text.trim() !== ""), key).toBe(true);
    if (typeof message !== "string") expect(message, key).toHaveLength(count);
  }
});

test("every key in the source is in the catalogues", () => {
  const missing = [...written].filter((key) => !(key in en) && !NOT_A_TEXT.has(key));
  expect(missing).toEqual([]);
});

test("every family of keys in the source has members", () => {
  const empty = [...families].filter((prefix) => !Object.keys(en).some((key) => key.startsWith(prefix)));
  expect(empty).toEqual([]);
});

test("every key in the catalogues is used", () => {
  const unused = Object.keys(en).filter((key) => !written.has(key) && ![...families].some((prefix) => key.startsWith(prefix)));
  expect(unused).toEqual([]);
});
