import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from "react";
import { cx } from "@/shared/lib/cx";
import styles from "./field.module.css";

interface Described {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

interface Wiring {
  id: string;
  className: string | undefined;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}

function Field({ label, hint, error, children }: Described & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        className: styles.control,
        "aria-invalid": error ? true : undefined,
        "aria-describedby": note ? noteId : undefined,
      })}
      {note && (
        <p id={noteId} className={error ? styles.error : styles.hint} role={error ? "alert" : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}

export function Input({ label, hint, error, className, ...rest }: Described & InputHTMLAttributes<HTMLInputElement>) {
  return <Field {...{ label, hint, error }}>{(wiring) => <input {...rest} {...wiring} className={cx(wiring.className, className)} />}</Field>;
}

export function Textarea({ label, hint, error, ...rest }: Described & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <Field {...{ label, hint, error }}>{(wiring) => <textarea {...rest} {...wiring} />}</Field>;
}

export function Select({ label, hint, error, ...rest }: Described & SelectHTMLAttributes<HTMLSelectElement>) {
  return <Field {...{ label, hint, error }}>{(wiring) => <select {...rest} {...wiring} />}</Field>;
}
