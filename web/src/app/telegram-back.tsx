import { useEffect } from "react";
import { useLocation, useNavigate } from "react-router";
import { useBackOverride } from "@/shared/telegram/back";
import { webApp } from "@/shared/telegram/web-app";

const WITHOUT = /^\/(practice\/cards|profile|onboarding\/.*)?$/;

/** Telegram's back button: what the screen wants, else one step back; none on the tabs and in the onboarding. */
export function TelegramBack() {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const override = useBackOverride();
  const isRoot = WITHOUT.test(pathname);

  useEffect(() => {
    const button = webApp()?.BackButton;
    if (!button || override?.current === "hidden" || (!override && isRoot)) return undefined;
    const press = () => {
      if (typeof override?.current === "function") override.current();
      else void navigate(-1);
    };
    button.onClick(press);
    button.show();
    return () => {
      button.offClick(press);
      button.hide();
    };
  }, [override, isRoot, navigate]);
  return null;
}
