import { Outlet } from "react-router";
import { webApp } from "@/shared/telegram/web-app";
import { TelegramBack } from "./telegram-back";

export function Root() {
  return (
    <>
      {webApp() && <TelegramBack />}
      <Outlet />
    </>
  );
}
