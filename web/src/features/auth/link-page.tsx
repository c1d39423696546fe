import { useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useI18n } from "@/shared/i18n/i18n";
import { Button, ButtonLink } from "@/shared/ui/button";
import { FormError } from "@/shared/ui/form-error";
import { FullScreen } from "@/shared/ui/full-screen";
import { signInByLink } from "./api/sign-in-by-link";
import { useSignIn } from "./api/use-sign-in";

/** Redeems a one-time link, only after a tap: previews of the link use nothing up. */
export function LinkPage() {
  const { t } = useI18n();
  const { hash } = useLocation();
  const navigate = useNavigate();
  const [token] = useState(() => new URLSearchParams(hash.slice(1)).get("token"));
  const signIn = useSignIn(signInByLink);

  if (!token || signIn.isError) {
    return (
      <FullScreen title={t("link.invalid_title")} text={t("link.invalid_text")}>
        <FormError error={signIn.error} />
        <ButtonLink to="/sign-in">{t("link.other_way")}</ButtonLink>
      </FullScreen>
    );
  }
  return (
    <FullScreen title={t("link.title")} text={t("link.text")}>
      <Button busy={signIn.isPending} onClick={() => signIn.mutate({ token }, { onSuccess: () => void navigate("/", { replace: true }) })}>
        {t("link.submit")}
      </Button>
    </FullScreen>
  );
}
