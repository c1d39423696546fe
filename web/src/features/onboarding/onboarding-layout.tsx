import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useLocation } from "react-router";
import { metaQuery } from "@/shared/api/requests/meta";
import { profilesQuery } from "@/shared/api/requests/profiles";
import { QueryState } from "@/shared/ui/query-state";
import { draftQuery } from "./api/draft";

/** The steps before the first profile; once there is one, the starter deck is offered. */
export function OnboardingLayout() {
  const { pathname } = useLocation();
  const { data: profiles } = useQuery(profilesQuery);
  const meta = useQuery(metaQuery);
  const draft = useQuery(draftQuery);
  if (profiles?.length && !pathname.endsWith("/starter")) return <Navigate to="/onboarding/starter" replace />;
  return <QueryState query={meta}>{() => <QueryState query={draft}>{() => <Outlet />}</QueryState>}</QueryState>;
}
