import type { HTMLAttributes } from "react";
import { cx } from "@/shared/lib/cx";
import styles from "./card.module.css";

/** A surface that holds one thing. */
export function Card({ className, ...rest }: HTMLAttributes<HTMLElement>) {
  return <section {...rest} className={cx(styles.card, className)} />;
}
