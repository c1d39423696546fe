import type { FrameLocator, Page, Route } from "@playwright/test";
import { TELEGRAM } from "./addresses";
import { expectAccessible } from "./accessible";
import { expect, test } from "./learner";

const expired = (route: Route) =>
  route.fulfill({ status: 401, json: { error: { code: "TOKEN_EXPIRED", message: "expired", request_id: "1" } } });

type Told = { t: (key: string) => string; language: string; learner: string };

/** A person whom nobody has met opens the bot's chat and presses its menu button. */
async function openApp(page: Page, { language, learner }: Told): Promise<FrameLocator> {
  const person = { id: Number(learner), first_name: "Ann", language_code: language };
  await page.request.post(`${TELEGRAM}/emulator/people`, { data: person });
  await page.goto(`${TELEGRAM}/#${learner}`);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByRole("button", { name: "Menu" }).click();
  return page.frameLocator("#app-frame");
}

/** Telegram around the app. */
const telegram = (page: Page) => ({
  main: (name: string) => page.locator("#app-main").filter({ hasText: name }),
  back: page.getByRole("button", { name: "‹ Back" }),
  close: page.getByRole("button", { name: "✕ Close" }),
  theme: page.getByRole("button", { name: "Change theme" }),
  protocol: page.locator("#app-log"),
  popup: page.locator("#popup"),
});

test("the Mini App knows who opened it and is led by Telegram's buttons", async ({ page, t, language, learner }) => {
  const around = telegram(page);
  const app = await openApp(page, { t, language, learner });

  await test.step("onboarding by the main button, without a back button", async () => {
    await around.main(t("onboarding.agree")).click();
    await expect(app.getByRole("heading", { name: t("onboarding.language_title") })).toBeVisible();
    await expect(around.main(t("common.continue"))).toBeDisabled();
    await app.getByRole("radio", { name: "Español" }).check();
    await around.main(t("common.continue")).click();
    await app.getByRole("group", { name: t("profile.current_level") }).getByRole("radio", { name: "A1" }).check();
    await around.main(t("common.continue")).click();
    await app.getByRole("button", { name: t("common.skip") }).click();
    await expect(around.back).toBeHidden();
    await around.main(t("onboarding.starter_add")).click();
    await expect(app.getByRole("link", { name: t("home.study") })).toBeVisible();
    await expect(page.locator("#app-main")).toBeHidden();
  });

  await test.step("the theme follows Telegram's", async () => {
    const before = await app.locator("html").getAttribute("data-theme");
    await around.theme.click();
    await expect(app.locator("html")).toHaveAttribute("data-theme", before === "light" ? "dark" : "light");
  });

  await test.step("a session: main button, haptics, a question before leaving", async () => {
    await app.getByRole("link", { name: t("home.study") }).click();
    await around.main(t("session.flip")).click();
    await expect(around.protocol).toContainText('"impact_style":"light"');
    await app.getByRole("group", { name: t("session.ratings") }).getByRole("button").nth(2).click();
    await expect(around.protocol).toContainText('"notification_type":"success"');
    await around.close.click();
    await around.popup.getByRole("button", { name: "Cancel" }).click();
    await around.back.click();
    await expect(app.getByRole("dialog")).toContainText(t("session.leave_title"));
    await expect(around.back).toBeHidden();
    await app.getByRole("dialog").getByRole("button", { name: t("session.leave"), exact: true }).click();
    await expect(app.getByRole("tab", { name: t("decks.tab") })).toBeVisible();
  });

  await test.step("back from a page is Telegram's, and nothing asks before closing outside a session", async () => {
    await app.getByRole("link", { name: t("nav.profile") }).click();
    await app.getByRole("link", { name: t("settings.title") }).click();
    await expect(app.getByRole("button", { name: t("common.back") })).toBeHidden();
    await around.back.click();
    await expect(app.getByRole("link", { name: t("settings.title") })).toBeVisible();
    await expect(around.back).toBeHidden();
    await around.close.click();
    await expect(page.locator("#app")).toBeHidden();
  });
});

test("deep links open their screen, unknown ones the home screen", async ({ page, t, language, learner }) => {
  const app = await openApp(page, { t, language, learner });
  await expect(app.getByRole("heading", { name: t("onboarding.welcome_title") })).toBeVisible();

  const launch = async (start_param: string) => {
    const answer = await page.request.post(`${TELEGRAM}/emulator/chats/${learner}/launch`, { data: { start_param } });
    return ((await answer.json()) as { url: string }).url;
  };
  await page.goto(await launch("nowhere"));
  await expect(page.getByText(t("deep_link.unknown"))).toBeVisible();
  await page.goto("about:blank");
  await page.goto(await launch("settings"));
  await expect(page.getByRole("heading", { name: t("onboarding.welcome_title") })).toBeVisible();
  await expectAccessible(page);
});

test("without cookies the Mini App signs in again, and asks to be reopened when its launch data is old", async ({ page, t, language, learner }) => {
  const app = await openApp(page, { t, language, learner });
  await expect(app.getByRole("heading", { name: t("onboarding.welcome_title") })).toBeVisible();

  await page.context().clearCookies();
  await page.route("**/api/users/me", expired, { times: 1 });
  const again = page.waitForResponse((response) => response.url().endsWith("/api/auth/validate"));
  await telegram(page).main(t("onboarding.agree")).click();
  expect((await again).status()).toBe(200);
  await expect(app.getByRole("heading", { name: t("onboarding.language_title") })).toBeVisible();

  await page.context().clearCookies();
  await page.clock.setFixedTime(Date.now() + 3_600_000);
  await page.route("**/api/**", expired);
  await app.getByRole("radio", { name: "Español" }).check();
  await telegram(page).main(t("common.continue")).click();
  await expect(app.getByRole("heading", { name: t("reopen.title") })).toBeVisible();
});
