import { expectAccessible } from "./accessible";
import { expect, onboard, signIn, test } from "./learner";
import { study } from "./study";

test("a newcomer signs in, gets a deck, studies it, adds a card, finds it and settles in", async ({ page, t, learner, language }) => {
  await test.step("sign in", async () => {
    await page.goto("/sign-in?dev=1");
    await expect(page.getByRole("button", { name: t("sign_in.developer") })).toBeFocused();
    await expectAccessible(page);
    await signIn(page, { t, learner });
  });

  await test.step("onboarding, question by question", async () => {
    await expect(page).toHaveURL("/onboarding/welcome");
    await expectAccessible(page);
    await page.getByRole("button", { name: t("onboarding.agree") }).click();

    await expect(page.getByRole("heading", { name: t("onboarding.language_title") })).toBeFocused();
    await expect(page.getByRole("button", { name: t("common.continue") })).toBeDisabled();
    await page.getByLabel(t("languages.search")).fill("espa");
    await page.getByRole("radio", { name: "Español" }).check();
    await expectAccessible(page);
    await page.getByRole("button", { name: t("common.continue") }).click();

    await page.getByRole("group", { name: t("profile.current_level") }).getByRole("radio", { name: "A2" }).check();
    const target = page.getByRole("group", { name: t("profile.target_level") });
    await expect(target.getByRole("radio", { name: "A1" })).toBeDisabled();
    await target.getByRole("radio", { name: "B1" }).check();
    await expectAccessible(page);
    await page.getByRole("button", { name: t("common.continue") }).click();

    await page.getByRole("checkbox").nth(2).check();
    await expectAccessible(page);
    await page.getByRole("button", { name: t("common.continue") }).click();

    await expect(page.getByRole("heading", { name: t("onboarding.starter_title") })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: t("onboarding.starter_add") }).click();
  });

  await test.step("home shows what is ready today", async () => {
    await expect(page).toHaveURL("/");
    await expect(page.getByRole("heading", { name: t("home.today", { count: 20 }) })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("ten cards by keyboard, one request each", async () => {
    await study(page, t, 10, () => page.getByRole("link", { name: t("home.study") }).click());
  });

  await test.step("the summary", async () => {
    await expect(page).toHaveURL(/session-complete/);
    await expect(page.getByRole("definition").first()).toHaveText("10");
    await expectAccessible(page);
  });

  await test.step("a card of their own", async () => {
    await page.getByRole("link", { name: t("common.home"), exact: true }).click();
    await page.getByRole("link", { name: t("nav.cards") }).click();
    await expect(page.getByRole("link", { name: t("study.start") })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("tab", { name: t("decks.tab") }).click();
    await expectAccessible(page);
    await page.getByRole("link", { name: /A1/ }).click();
    await page.getByRole("button", { name: t("cards.add") }).click();
    await page.getByRole("tab", { name: t("add.manual") }).click();
    await page.getByLabel(t("card.word"), { exact: true }).fill("el murciélago");
    await page.getByLabel(t("card.translation"), { exact: true }).fill(language === "ru" ? "летучая мышь" : "bat");
    await expectAccessible(page);
    await page.getByRole("button", { name: t("add.submit"), exact: true }).click();
    await expect(page.getByRole("list", { name: t("add.results") })).toContainText("murciélago");
    await page.getByRole("button", { name: t("common.close") }).click();
  });

  await test.step("search finds it", async () => {
    await page.getByRole("searchbox").fill("murcié");
    await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(1);
    await expectAccessible(page);
    await page.getByRole("link", { name: /murciélago/ }).click();
    await expect(page.getByRole("heading", { name: t("card.title"), exact: true })).toBeFocused();
    await expectAccessible(page);
  });

  await test.step("theme and language, kept over a reload", async () => {
    await page.getByRole("link", { name: t("nav.profile") }).click();
    await page.getByRole("link", { name: t("settings.title") }).click();
    await page.getByRole("radio", { name: t("settings.theme_dark") }).check();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    const other = language === "ru" ? "en" : "ru";
    await page.getByLabel(t("settings.native_language")).selectOption(other);
    await expect(page.locator("html")).toHaveAttribute("lang", other);
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("lang", other);
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });
});

test("without a starter deck the first steps are shown, and words are answered one by one", async ({ page, t, learner }) => {
  await signIn(page, { t, learner });
  await onboard(page, { t, learner }, "skip");
  await expect(page.getByRole("heading", { name: t("home.first_steps") })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: new RegExp(t("home.step_words")) }).click();
  await page.getByRole("tabpanel").getByRole("link").first().click();
  await page.getByRole("button", { name: t("cards.add") }).first().click();
  await page.getByLabel(t("add.words")).fill("casa, casa\nxyzzy");
  await page.getByRole("button", { name: t("add.submit"), exact: true }).click();
  const results = page.getByRole("list", { name: t("add.results") });
  await expect(results.getByText(t("add.created"), { exact: true })).toHaveCount(1);
  await expect(results.getByRole("listitem").filter({ hasText: "xyzzy" })).toContainText(t("add.reason.tutor_unavailable"));
  await expectAccessible(page);
});
