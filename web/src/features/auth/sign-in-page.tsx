import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useSearchParams } from "react-router";
import { metaQuery } from "@/shared/api/requests/meta";
import { useAuthStatus } from "@/shared/auth/session";
import { setLanguage, useI18n } from "@/shared/i18n/i18n";
import { rememberedDestination } from "@/shared/lib/destination";
import { Button } from "@/shared/ui/button";
import { Logo } from "@/shared/ui/logo";
import { usePageHeading } from "@/shared/ui/page";
import { QueryState } from "@/shared/ui/query-state";
import { CodeForm } from "./code-form";
import { DeveloperForm } from "./developer-form";
import { OpenBot } from "./open-bot";
import styles from "./sign-in.module.css";

export function SignInPage() {
  const { t, language } = useI18n();
  const [search] = useSearchParams();
  const heading = usePageHeading(t("sign_in.title"));
  const signedIn = useAuthStatus() === "signed-in";
  const meta = useQuery(metaQuery);
  if (signedIn) return <Navigate to={rememberedDestination()} replace />;

  return (
    <main className={styles.screen}>
      <header className={styles.intro}>
        <Logo size={64} />
        <h1 ref={heading} tabIndex={-1}>
          {t("sign_in.title")}
        </h1>
        <p className={styles.lead}>{t("sign_in.lead")}</p>
      </header>
      <QueryState query={meta}>
        {({ sign_in, bot_username }) => (
          <>
            {sign_in.dev && <DeveloperForm preselected={search.has("dev")} />}
            <CodeForm />
            {bot_username && <OpenBot username={bot_username} />}
          </>
        )}
      </QueryState>
      <footer className={styles.languages}>
        <Link className={styles.link} to="/legal/privacy-policy">{t("legal.privacy")}</Link>
        <Button kind="plain" lang={language === "ru" ? "en" : "ru"} onClick={() => void setLanguage(language === "ru" ? "en" : "ru")}>
          {t("sign_in.other_language")}
        </Button>
      </footer>
    </main>
  );
}
