import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Splash } from "./splash";
import { start as startUp } from "./start";
import { StartFailed } from "./start-failed";

/** Finds out whether the learner is signed in before anything else is shown. */
export function Startup({ children }: { children: ReactNode }) {
  const start = useQuery({ queryKey: ["start"], queryFn: startUp, staleTime: Infinity, gcTime: Infinity, retry: false });
  if (start.isPending) return <Splash />;
  if (start.isError) return <StartFailed error={start.error} onRetry={() => void start.refetch()} busy={start.isFetching} />;
  return children;
}
