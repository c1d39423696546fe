import { expect, onboard, signIn, test } from "./learner";

test("a second language is added, switched and deleted", async ({ page, t, learner }) => {
  await signIn(page, { t, learner });
  await onboard(page, { t, learner }, "skip");
  await page.goto("/profile/profiles/create");
  await page.getByRole("radio", { name: "Français" }).check();
  await page.getByRole("radio", { name: "B1" }).check();
  await page.getByRole("button", { name: t("profile.add_language") }).click();

  await expect(page).toHaveURL("/");
  const studied = page.getByRole("main").getByRole("button", { name: "B1 → B2" });
  await studied.click();
  await page.getByRole("dialog").getByRole("button", { name: "A1 → A2" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("button", { name: "A1 → A2" })).toBeVisible();

  await page.goto("/profile/profiles");
  await page.getByRole("link", { name: "B1 → B2" }).click();
  await page.getByRole("group", { name: t("profile.target_level") }).getByRole("radio", { name: "C1" }).check();
  await page.getByRole("button", { name: t("common.save") }).click();
  await page.getByRole("link", { name: "B1 → C1" }).click();
  await page.getByRole("button", { name: t("profile.delete") }).click();
  await page.getByRole("dialog").getByRole("button", { name: t("common.delete"), exact: true }).click();
  await expect(page).toHaveURL("/profile/profiles");
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(1);
});

test("a deck is created, renamed, made active and deleted", async ({ page, t, learner }) => {
  await signIn(page, { t, learner });
  await onboard(page, { t, learner }, "skip");
  await page.goto("/practice/cards?tab=decks");
  await page.getByRole("button", { name: t("decks.create") }).click();
  await page.getByRole("textbox", { name: t("decks.name") }).fill("Verbos");
  await page.getByRole("button", { name: t("common.create"), exact: true }).click();
  await expect(page.getByRole("heading", { name: "Verbos" })).toBeVisible();

  const menu = () => page.getByRole("button", { name: t("decks.menu") }).click();
  await menu();
  await page.getByRole("button", { name: t("decks.rename") }).click();
  await page.getByRole("textbox", { name: t("decks.name") }).fill("Verbos útiles");
  await page.getByRole("button", { name: t("common.save") }).click();
  await expect(page.getByRole("heading", { name: "Verbos útiles" })).toBeVisible();

  await menu();
  await page.getByRole("button", { name: new RegExp(`^${t("decks.activate")}`) }).click();
  await expect(page.getByText(t("decks.activated", { name: "Verbos útiles" }))).toBeVisible();
  await page.getByRole("button", { name: t("common.back") }).click();
  const deck = page.getByRole("link", { name: /Verbos útiles/ });
  await expect(deck).toContainText(t("decks.active"));

  await deck.click();
  await menu();
  await page.getByRole("button", { name: t("decks.delete") }).click();
  await page.getByRole("dialog").getByRole("button", { name: t("common.delete"), exact: true }).click();
  await expect(page).toHaveURL("/practice/cards?tab=decks");
  await expect(deck).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("tabpanel").getByRole("link")).toHaveCount(1);
});

test("a card is edited, its settings are kept, and the learner's data can be downloaded", async ({ page, t, learner }) => {
  await signIn(page, { t, learner });
  await onboard(page, { t, learner }, "add");
  await page.goto("/practice/cards?tab=decks");
  await page.getByRole("link", { name: /A1/ }).click();
  await expect(page.getByRole("searchbox")).toBeVisible();
  await page.getByRole("main").getByRole("listitem").first().getByRole("link").click();
  await page.getByRole("button", { name: t("card.menu") }).click();
  await page.getByRole("button", { name: t("card.edit") }).click();
  await page.getByLabel(t("card.notes")).fill("¡Ojo!");
  await page.getByRole("button", { name: t("common.save") }).click();
  await expect(page.getByText("¡Ojo!")).toBeVisible();

  await page.goto("/profile/settings");
  const perDay = page.getByLabel(t("settings.new_cards"));
  await perDay.fill("500");
  await expect(page.getByRole("alert")).toContainText("200");
  const saved = page.waitForResponse((response) => response.request().method() === "PATCH" && response.ok());
  await perDay.fill("7");
  await perDay.blur();
  await saved;
  await page.goto("/");
  await expect(page.getByRole("heading", { name: t("home.today", { count: 7 }) })).toBeVisible();

  await page.goto("/profile/settings");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: t("settings.export") }).click();
  expect((await download).suggestedFilename()).toMatch(/^user_data_.+\.json$/);
});

test("where a learner was going is opened after sign-in and onboarding", async ({ page, t, learner }) => {
  await page.goto("/profile/settings");
  await page.getByLabel(t("sign_in.developer_label")).fill(learner);
  await page.getByRole("button", { name: t("sign_in.developer") }).click();
  await onboard(page, { t, learner }, "add", "/profile/settings");
});
