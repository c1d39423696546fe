import { useMutation } from "@tanstack/react-query";
import { sendAuthorised } from "@/shared/api/client";
import { COOKIE_HEADERS } from "@/shared/auth/refresh";
import { signedOut } from "@/shared/auth/session";

/** Ends this session, or every session of the learner. */
export function useSignOut() {
  return useMutation({
    mutationFn: (scope: "this" | "all") =>
      sendAuthorised({ method: "POST", url: scope === "all" ? "/api/auth/logout-all" : "/api/auth/logout", headers: COOKIE_HEADERS }),
    onSuccess: () => signedOut(),
  });
}
