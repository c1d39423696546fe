import { useState } from "react";
import type { Me } from "@/shared/api/types";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Card } from "@/shared/ui/card";
import { useExportData } from "./api/export-data";
import { useSignOut } from "./api/sign-out";
import { DeleteAccountDialog } from "./delete-account-dialog";
import styles from "./form.module.css";

/** The learner's data and the ways out. */
export function AccountSettings({ me }: { me: Me }) {
  const { t } = useI18n();
  const exportData = useExportData(me.id);
  const signOut = useSignOut();
  const [deleting, setDeleting] = useState(false);
  return (
    <Card className={styles.section}>
      <h2>{t("settings.account")}</h2>
      <Button kind="secondary" busy={exportData.isPending} onClick={() => exportData.mutate()}>
        {t("settings.export")}
      </Button>
      <Button kind="secondary" busy={signOut.isPending} onClick={() => signOut.mutate("this")}>
        {t("settings.sign_out")}
      </Button>
      <Button kind="danger" onClick={() => setDeleting(true)}>
        {t("settings.delete_account")}
      </Button>
      {deleting && <DeleteAccountDialog name={me.first_name} onClose={() => setDeleting(false)} />}
    </Card>
  );
}
