import { useState } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { Dialog } from "@/shared/ui/dialog";
import { Tabs } from "@/shared/ui/tabs";
import { ManualCardForm } from "./manual-card-form";
import { WordListForm } from "./word-list-form";

/** New cards: from a list of words, or written by hand. */
export function AddCardsSheet({ deckId, onClose }: { deckId: string; onClose: () => void }) {
  const { t } = useI18n();
  const [tab, setTab] = useState<"list" | "manual">("list");
  return (
    <Dialog title={t("cards.add")} onClose={onClose}>
      <Tabs
        label={t("cards.add")}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: "list", label: t("add.list") },
          { value: "manual", label: t("add.manual") },
        ]}
      >
        {tab === "list" ? <WordListForm deckId={deckId} /> : <ManualCardForm deckId={deckId} />}
      </Tabs>
    </Dialog>
  );
}
