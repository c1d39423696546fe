import type { ReactNode } from "react";
import { cx } from "@/shared/lib/cx";
import styles from "./choice.module.css";

export interface Option<T extends string> {
  value: T;
  label: ReactNode;
  disabled?: boolean;
}

interface Props<T extends string> {
  legend: string;
  /** The legend is for assistive technology only: the screen already says it. */
  quiet?: boolean;
  layout?: "grid" | "wide" | "row";
  name: string;
  options: readonly Option<T>[];
}

interface One<T extends string> extends Props<T> {
  value: T | undefined;
  onChange: (value: T) => void;
}

interface Many<T extends string> extends Props<T> {
  values: readonly T[];
  onToggle: (value: T) => void;
}

function Group({ legend, quiet, layout = "grid", children }: Pick<Props<string>, "legend" | "quiet" | "layout"> & { children: ReactNode }) {
  return (
    <fieldset className={cx(styles.group, styles[layout])}>
      <legend className={quiet ? "visually-hidden" : styles.legend}>{legend}</legend>
      {children}
    </fieldset>
  );
}

/** One of several, as tappable tiles. */
export function ChooseOne<T extends string>({ value, onChange, name, options, ...group }: One<T>) {
  return (
    <Group {...group}>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input className={styles.input} type="radio" name={name} checked={option.value === value} disabled={option.disabled} onChange={() => onChange(option.value)} />
          {option.label}
        </label>
      ))}
    </Group>
  );
}

/** Any number of several, as tappable tiles. */
export function ChooseMany<T extends string>({ values, onToggle, name, options, ...group }: Many<T>) {
  return (
    <Group {...group}>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input className={styles.input} type="checkbox" name={name} checked={values.includes(option.value)} disabled={option.disabled} onChange={() => onToggle(option.value)} />
          {option.label}
        </label>
      ))}
    </Group>
  );
}
