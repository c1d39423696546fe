import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compileCatalogue } from "../build/catalogues";
import { translate, type Language, type Params } from "../src/shared/i18n/translate";

type Domain = "web" | "bot";

/** The texts of the client or the bot, so that the walk reads them as a learner of either language does. */
export function texts(language: Language, domain: Domain = "web"): (key: string, params?: Params) => string {
  const path = `../../langagent/locales/${language}/LC_MESSAGES/${domain}.po`;
  const catalogue = compileCatalogue(readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8"));
  return (key, params) => translate(language, catalogue, key, params);
}
