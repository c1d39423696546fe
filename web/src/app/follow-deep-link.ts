import { redirect, type LoaderFunctionArgs } from "react-router";
import { currentI18n, textsLoaded } from "@/shared/i18n/i18n";
import { deepLinkPath } from "@/shared/lib/deep-links";
import { loadTelegram } from "@/shared/telegram/load";
import { toast } from "@/shared/ui/toast";

/** Sends from home to the screen that a deep link names; an unknown one stays at home and says so. */
export async function followDeepLink({ request }: LoaderFunctionArgs): Promise<Response | null> {
  const { searchParams } = new URL(request.url);
  const payload = searchParams.get("go") ?? searchParams.get("tgWebAppStartParam");
  if (payload === null) return null;
  // Telegram's script reads the launch data from the address, so it comes before the address changes.
  try {
    await loadTelegram();
  } catch {
    return null;
  }
  const path = deepLinkPath(payload);
  if (path === undefined) void textsLoaded.then(() => toast(currentI18n().t("deep_link.unknown")));
  return redirect(path ?? "/");
}
