import { useId, useLayoutEffect, useRef, type MouseEvent, type ReactNode } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { cx } from "@/shared/lib/cx";
import { useBack } from "@/shared/telegram/back";
import { Button, IconButton } from "./button";
import styles from "./dialog.module.css";

interface DialogProps {
  title: string;
  onClose: () => void;
  kind?: "sheet" | "modal";
  children: ReactNode;
}

/** A native modal dialog: focus stays inside and returns where it was; Esc and a click outside close it. */
export function Dialog({ title, onClose, kind = "sheet", children }: DialogProps) {
  const { t } = useI18n();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useBack("hidden");

  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    (dialog?.querySelector<HTMLElement>("[data-autofocus]") ?? dialog?.querySelector("h2"))?.focus();
    return () => dialog?.close();
  }, []);

  const closeOutside = (event: MouseEvent) => {
    if (event.target === ref.current) onClose();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={ref}
      className={cx(styles.dialog, styles[kind])}
      aria-labelledby={titleId}
      onClick={closeOutside}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.head}>
        <h2 id={titleId} tabIndex={-1}>
          {title}
        </h2>
        <IconButton icon="close" label={t("common.close")} onClick={onClose} />
      </header>
      <div className={styles.body}>{children}</div>
    </dialog>
  );
}

interface ConfirmProps {
  title: string;
  text: string;
  action: string;
  danger?: boolean;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, text, action, danger, busy, onConfirm, onClose }: ConfirmProps) {
  const { t } = useI18n();
  return (
    <Dialog kind="modal" title={title} onClose={onClose}>
      <p>{text}</p>
      <div className={styles.actions}>
        <Button kind={danger ? "danger" : "primary"} busy={busy} onClick={onConfirm}>
          {action}
        </Button>
        <Button kind="secondary" onClick={onClose}>
          {t("common.cancel")}
        </Button>
      </div>
    </Dialog>
  );
}
