import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useLocation } from "react-router";
import { metaQuery } from "@/shared/api/requests/meta";
import { profilesQuery } from "@/shared/api/requests/profiles";
import { QueryState } from "@/shared/ui/query-state";
import { draftQuery } from "./api/draft";

/** The steps before the first profile; with a profile only the starter deck is still offered. */
export function OnboardingLayout() {
  const { pathname } = useLocation();
  const { data: profiles } = useQuery(profilesQuery);
  const meta = useQuery(metaQuery);
  const draft = useQuery(draftQuery);
  if (profiles?.length && !pathname.endsWith("/starter")) return <Navigate to="/" replace />;
  return <QueryState query={meta}>{() => <QueryState query={draft}>{() => <Outlet />}</QueryState>}</QueryState>;
}
