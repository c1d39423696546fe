import { cx } from "@/shared/lib/cx";
import { createStore, useStore } from "@/shared/lib/store";
import styles from "./toast.module.css";

interface Toast {
  id: number;
  text: string;
  kind: "info" | "error";
}

const SHOWN_FOR = { info: 3200, error: 4200 };

const toasts = createStore<readonly Toast[]>([]);
let lastId = 0;

/** Says something for a few seconds, over whatever is on the screen. */
export function toast(text: string, kind: Toast["kind"] = "info"): void {
  const id = ++lastId;
  toasts.set([...toasts.get(), { id, text, kind }]);
  setTimeout(() => toasts.set(toasts.get().filter((shown) => shown.id !== id)), SHOWN_FOR[kind]);
}

export function Toaster() {
  return (
    <div className={styles.toaster} role="status" aria-live="polite">
      {useStore(toasts).map(({ id, text, kind }) => (
        <p key={id} className={cx(styles.toast, kind === "error" && styles.error)}>
          {text}
        </p>
      ))}
    </div>
  );
}
