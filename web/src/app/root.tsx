import { Outlet } from "react-router";
import { webApp } from "@/shared/telegram/web-app";
import { TelegramBack } from "./telegram-back";
import { UpToDate } from "./up-to-date";

export function Root() {
  return (
    <>
      {webApp() && <TelegramBack />}
      <UpToDate>
        <Outlet />
      </UpToDate>
    </>
  );
}
