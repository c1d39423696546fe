import { useMutation } from "@tanstack/react-query";
import { call } from "@/shared/api/client";
import { signedOut } from "@/shared/auth/session";

export function useDeleteAccount() {
  return useMutation({
    mutationFn: () => call("delete", "/api/users/me", { body: { confirmation: "DELETE_MY_ACCOUNT" } }),
    onSuccess: () => signedOut(),
  });
}
