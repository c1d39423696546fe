import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { meQuery } from "@/shared/api/requests/me";
import { profilesQuery } from "@/shared/api/requests/profiles";
import { useAuthStatus } from "@/shared/auth/session";
import { setLanguage } from "@/shared/i18n/i18n";
import { rememberDestination } from "@/shared/lib/destination";
import { applyTheme } from "@/shared/lib/theme";
import { Blocked } from "./blocked";
import { Reopen } from "./reopen";
import { Splash } from "./splash";
import { StartFailed } from "./start-failed";

/** Lets signed-in learners through, in their language and theme, once their profiles are known. */
export function SignedIn() {
  const status = useAuthStatus();
  const location = useLocation();
  const enabled = status === "signed-in";
  const me = useQuery({ ...meQuery, enabled });
  const profiles = useQuery({ ...profilesQuery, enabled });

  const { native_language: language, theme } = me.data ?? {};
  useEffect(() => {
    if (language) void setLanguage(language);
  }, [language]);
  useEffect(() => {
    if (theme) applyTheme(theme);
  }, [theme]);

  if (status === "blocked") return <Blocked />;
  if (status === "outlived") return <Reopen />;
  if (!enabled) {
    rememberDestination(location.pathname + location.search);
    return <Navigate to="/sign-in" replace />;
  }
  const failed = [me, profiles].find((query) => query.isError && query.data === undefined);
  if (failed) {
    const retry = () => void Promise.all([me.refetch(), profiles.refetch()]);
    return <StartFailed error={failed.error} onRetry={retry} busy={me.isFetching || profiles.isFetching} />;
  }
  return me.data && profiles.data ? <Outlet /> : <Splash />;
}
