import { useState } from "react";
import type { Meta } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { findLanguages, languageName } from "@/shared/lib/languages";
import { ChooseOne } from "./choice";
import { Input } from "./field";
import styles from "./language-chooser.module.css";

interface Props {
  meta: Pick<Meta, "languages" | "popular">;
  value: string | undefined;
  onChange: (code: string) => void;
}

/** A language to study, found by its name in any of its spellings. */
export function LanguageChooser({ meta, value, onChange }: Props) {
  const { t, language } = useI18n();
  const [search, setSearch] = useState("");
  const found = findLanguages(meta, language, search);
  return (
    <div className={styles.chooser}>
      <Input label={t("languages.search")} type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
      {found.length === 0 && <p role="status">{t("languages.none")}</p>}
      <ChooseOne
        legend={t("languages.legend")}
        quiet
        layout="wide"
        name="language"
        value={value}
        onChange={onChange}
        options={found.map((entry) => ({
          value: entry.code,
          label: (
            <>
              <span className={styles.flag} aria-hidden="true">
                {entry.flag}
              </span>
              <span className={styles.names}>
                {languageName(entry, language)}
                <span className={styles.native} lang={entry.code}>
                  {entry.native_name}
                </span>
              </span>
            </>
          ),
        }))}
      />
    </div>
  );
}
