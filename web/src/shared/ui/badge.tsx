import type { ReactNode } from "react";
import { cx } from "@/shared/lib/cx";
import styles from "./badge.module.css";

export type Tone = "neutral" | "accent" | "success" | "warning" | "error" | "link";

export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={cx(styles.badge, tone !== "neutral" && styles[tone])}>{children}</span>;
}
