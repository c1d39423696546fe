import { expectAccessible } from "./accessible";
import { expect, onboard, signIn, test } from "./learner";

test("ratings made without a connection are kept and sent on return", async ({ page, context, t, learner }) => {
  await signIn(page, { t, learner });
  await onboard(page, { t, learner }, "add");
  await page.getByRole("link", { name: t("home.study") }).click();
  await expect(page.getByRole("button", { name: t("session.flip") })).toBeVisible();

  await context.setOffline(true);
  for (const place of [2, 3]) {
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: new RegExp(t("rating.easy")) }).click();
    await expect(page.getByLabel(t("session.counter", { place, total: 10 }))).toBeVisible();
  }
  await expect(page.getByText(t("study.offline", { count: 2 }))).toBeVisible();

  const batch = page.waitForResponse((response) => response.url().endsWith("/api/cards/rate/batch"));
  await context.setOffline(false);
  const { results } = (await (await batch).json()) as { results: { error: string | null }[] };
  expect(results.map(({ error }) => error)).toEqual([null, null]);
  await expect(page.getByText(t("study.offline_sent", { count: 2 }))).toBeVisible();
  await expect(page.getByText(t("study.offline", { count: 2 }))).toBeHidden();

  await page.goto("/");
  await expect(page.getByRole("heading", { name: t("home.today", { count: 18 }) })).toBeVisible();
});

test("a page that is too old for the server asks to be loaded again", async ({ page, t }) => {
  await page.route("/api/meta", async (route) => {
    const meta = (await (await route.fetch()).json()) as object;
    await route.fulfill({ json: { ...meta, minimum_client_version: "1000.0.0" } });
  });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: t("update.title") })).toBeVisible();
  await expectAccessible(page);
  await page.unroute("/api/meta");
  await page.getByRole("button", { name: t("update.reload") }).click();
  await expect(page).toHaveURL("/sign-in");
});

test("a client that cannot reach the server says so and starts on the next try", async ({ page, t }) => {
  await page.route("/api/auth/refresh", (route) => route.abort("internetdisconnected"));
  await page.goto("/");
  await expect(page.getByRole("heading", { name: t("start.failed_title") })).toBeVisible();
  await expectAccessible(page);
  await page.unroute("/api/auth/refresh");
  await page.getByRole("button", { name: t("common.retry") }).click();
  await expect(page).toHaveURL("/sign-in");
});
