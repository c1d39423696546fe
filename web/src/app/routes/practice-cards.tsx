import { useSearchParams } from "react-router";
import { DecksTab } from "@/features/cards/decks-tab";
import { StudyTab } from "@/features/study/study-tab";
import { useI18n } from "@/shared/i18n/i18n";
import { Page } from "@/shared/ui/page";
import { Tabs } from "@/shared/ui/tabs";

/** Studying and the decks it draws from, side by side as tabs. */
export function PracticeCards() {
  const { t } = useI18n();
  const [search, setSearch] = useSearchParams();
  const tab = search.get("tab") === "decks" ? "decks" : "study";
  return (
    <Page title={t("cards.title")}>
      <Tabs
        label={t("cards.title")}
        value={tab}
        onChange={(value) => setSearch({ tab: value }, { replace: true })}
        tabs={[
          { value: "study", label: t("study.tab") },
          { value: "decks", label: t("decks.tab") },
        ]}
      >
        {tab === "study" ? <StudyTab /> : <DecksTab />}
      </Tabs>
    </Page>
  );
}
