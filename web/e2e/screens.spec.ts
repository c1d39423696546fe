import { expectAccessible } from "./accessible";
import { expect, onboard, signIn, test } from "./learner";

test("public screens are accessible", async ({ page, t }) => {
  for (const [path, heading] of [
    ["/auth/link#token=abc", "link.title"],
    ["/auth/link", "link.invalid_title"],
    ["/legal/privacy-policy", "legal.privacy"],
    ["/legal/terms-of-service", "legal.terms"],
    ["/nowhere", "not_found.title"],
    ["/error", "error.title"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: t(heading) })).toBeVisible();
    await expectAccessible(page);
  }
});

test("a link that is not valid is refused and offers another way", async ({ page, t }) => {
  await page.goto("/auth/link#token=not-a-token");
  await page.getByRole("button", { name: t("link.submit") }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.getByRole("link", { name: t("link.other_way") }).click();
  await expect(page).toHaveURL("/sign-in");
});

test("the profile's screens are accessible, and a card can be put aside, moved and deleted", async ({ page, t, learner }) => {
  await signIn(page, { t, learner });
  await onboard(page, { t, learner }, "add");
  for (const path of ["/profile", "/profile/settings", "/profile/profiles", "/profile/profiles/create", "/profile/sessions"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("status", { name: t("common.loading") })).toHaveCount(0);
    await expectAccessible(page);
  }

  await page.goto("/practice/cards?tab=decks");
  await page.getByRole("link", { name: /A1/ }).click();
  const deckUrl = page.url();
  await page.getByRole("button", { name: t("decks.menu") }).click();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: t("decks.menu") })).toBeFocused();

  await page.getByRole("main").getByRole("listitem").first().getByRole("link").click();
  const openMenu = () => page.getByRole("button", { name: t("card.menu") }).click();
  await openMenu();
  await expectAccessible(page);
  await page.getByRole("button", { name: new RegExp(`^${t("card.suspend")}`) }).click();
  await expect(page.getByText(t("status.suspended"))).toBeVisible();

  await openMenu();
  await page.getByRole("button", { name: t("card.move") }).click();
  await page.getByRole("dialog").getByRole("list").getByRole("button").first().click();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await openMenu();
  await page.getByRole("button", { name: t("card.delete") }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: t("common.delete"), exact: true }).click();
  await expect(page).toHaveURL(/\/deck\//);
  expect(page.url()).not.toBe(deckUrl);
});

test("a learner signs out, and deletes the account only after typing their name", async ({ page, t, learner }) => {
  await signIn(page, { t, learner });
  await onboard(page, { t, learner }, "skip");
  await page.goto("/profile/settings");
  await page.getByRole("button", { name: t("settings.sign_out") }).click();
  await expect(page).toHaveURL("/sign-in");

  await signIn(page, { t, learner });
  await expect(page).toHaveURL("/");
  await page.goto("/profile/settings");
  await page.getByRole("button", { name: t("settings.delete_account") }).click();
  const confirm = page.getByRole("dialog").getByRole("button", { name: t("settings.delete_account") });
  await expect(confirm).toBeDisabled();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("textbox").fill(t("sign_in.developer_name", { number: learner }));
  await confirm.click();
  await expect(page).toHaveURL("/sign-in");

  await signIn(page, { t, learner });
  await expect(page).toHaveURL("/onboarding/welcome");
});
