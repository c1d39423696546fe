import { MutationCache, QueryClient } from "@tanstack/react-query";
import { ApiError, errorText } from "@/shared/api/errors";
import { currentI18n } from "@/shared/i18n/i18n";
import { toast } from "@/shared/ui/toast";

const MINUTE = 60_000;

function retry(failures: number, error: Error): boolean {
  const repeatable = !(error instanceof ApiError) || error.status >= 500;
  return repeatable && failures < 2;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 2 * MINUTE, gcTime: 10 * MINUTE, refetchOnWindowFocus: false, retry },
    mutations: { retry: false, networkMode: "always" },
  },
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      if (!mutation.meta?.inline) toast(errorText(currentI18n().t, error), "error");
    },
  }),
});
