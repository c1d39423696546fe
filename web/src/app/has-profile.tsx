import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useLocation } from "react-router";
import { OfflineRatings } from "@/features/study/offline-ratings";
import { profilesQuery } from "@/shared/api/requests/profiles";
import { rememberDestination } from "@/shared/lib/destination";

/** Sends learners without a language to the onboarding; only the server decides whether it is complete. */
export function HasProfile() {
  const { data: profiles } = useQuery(profilesQuery);
  const location = useLocation();
  if (profiles?.length) {
    return (
      <>
        <OfflineRatings />
        <Outlet />
      </>
    );
  }
  rememberDestination(location.pathname + location.search);
  return <Navigate to="/onboarding/welcome" replace />;
}
