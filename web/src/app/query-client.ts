import { MutationCache, notifyManager, QueryClient } from "@tanstack/react-query";
import { ApiError, errorText, isNetworkError } from "@/shared/api/errors";
import { currentI18n } from "@/shared/i18n/i18n";
import { toast } from "@/shared/ui/toast";

const MINUTE = 60_000;

// By default a change is shown a timer later: until then React puts a controlled radio or select back to its old value.
notifyManager.setScheduler(queueMicrotask);

function isPassing(error: Error): boolean {
  if (error instanceof ApiError) return error.status >= 500;
  return isNetworkError(error) && !error.timedOut;
}

function retry(failures: number, error: Error): boolean {
  return isPassing(error) && failures < 2;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 2 * MINUTE, gcTime: 10 * MINUTE, refetchOnWindowFocus: false, networkMode: "always", retry },
    mutations: { retry: false, networkMode: "always" },
  },
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      if (!mutation.meta?.inline) toast(errorText(currentI18n().t, error), "error");
    },
  }),
});
