import { useEffect, useRef, type ReactNode } from "react";
import { useLocation, useNavigate } from "react-router";
import { useI18n } from "@/shared/i18n/i18n";
import { useBack } from "@/shared/telegram/back";
import { webApp } from "@/shared/telegram/web-app";
import { IconButton } from "./button";
import styles from "./page.module.css";

/** Names the document and, after a navigation, moves focus to the heading. */
export function usePageHeading(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  useEffect(() => {
    document.title = `${title} · LangAgent`;
  }, [title]);
  useEffect(() => {
    if (key !== "default") heading.current?.focus({ preventScroll: true });
  }, [key]);
  return heading;
}

interface Props {
  title: string;
  /** Where the back button leads, ours or Telegram's; without it there is none. */
  back?: string;
  actions?: ReactNode;
  /** The heading is for assistive technology only. */
  quiet?: boolean;
  children: ReactNode;
}

export function Page({ title, back, actions, quiet, children }: Props) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const heading = usePageHeading(title);
  useBack(back === undefined ? undefined : () => void navigate(back));
  return (
    <main className={styles.page}>
      <header className={quiet ? "visually-hidden" : styles.head}>
        {back && !webApp() && <IconButton className={styles.back} icon="back" label={t("common.back")} onClick={() => void navigate(back)} />}
        <h1 ref={heading} className={styles.title} tabIndex={-1}>
          {title}
        </h1>
        {actions}
      </header>
      {children}
    </main>
  );
}
