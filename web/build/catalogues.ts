import { po } from "gettext-parser";
import type { Plugin } from "vite";
import type { Catalogue } from "../src/shared/i18n/translate";

/** The messages of a gettext catalogue by key; a message with plural forms is the list of its forms. */
export function compileCatalogue(source: string): Catalogue {
  const entries = Object.entries(po.parse(source).translations[""] ?? {}).filter(([key]) => key !== "");
  return Object.fromEntries(
    entries.map(([key, entry]) => [key, entry.msgid_plural ? entry.msgstr : (entry.msgstr[0] ?? "")]),
  );
}

/** Lets the client import `*.po` files as JSON catalogues. */
export function catalogues(): Plugin {
  return {
    name: "langagent:catalogues",
    transform(source, id) {
      if (!id.endsWith(".po")) return null;
      return { code: `export default ${JSON.stringify(compileCatalogue(source))}`, map: null };
    },
  };
}
