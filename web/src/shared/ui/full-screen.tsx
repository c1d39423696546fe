import type { ReactNode } from "react";
import styles from "./full-screen.module.css";
import { Logo } from "./logo";
import { usePageHeading } from "./page";

/** A screen with one message and the way out. */
export function FullScreen({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  const heading = usePageHeading(title);
  return (
    <main className={styles.screen}>
      <Logo />
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {text && <p className={styles.text}>{text}</p>}
      {children && <div className={styles.actions}>{children}</div>}
    </main>
  );
}
