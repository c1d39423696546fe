import type { Page } from "@playwright/test";
import { TELEGRAM } from "./addresses";
import { expect, test } from "./learner";

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** The page as one of its people sees it. */
function phone(page: Page) {
  const log = page.getByRole("log", { name: "Messages" });
  const people = page.getByRole("complementary", { name: "People" });
  return {
    log,
    people,
    last: log.getByRole("article").last(),
    mine: log.locator(".mine"),
    person: (name: string) => people.getByRole("button", { name }),
    press: (name: string | RegExp) => log.getByRole("button", { name }).last().click(),
    async say(text: string) {
      await page.getByRole("textbox", { name: "Message" }).fill(text);
      await page.keyboard.press("Enter");
    },
    async join(name: string, language: string) {
      await page.getByRole("textbox", { name: "First name" }).fill(name);
      await page.getByRole("combobox", { name: "Language" }).selectOption(language);
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await page.getByRole("button", { name: "Start", exact: true }).click();
    },
  };
}

test("people chat with the bot: text, buttons, files, and several of them", async ({ page, bot, language, learner }) => {
  const chat = phone(page);
  const ann = `Ann ${learner}`;
  await page.goto(TELEGRAM);

  await test.step("a new person starts the bot and sets up by buttons", async () => {
    await chat.join(ann, language);
    await expect(chat.last).toContainText(ann);
    await chat.press(bot("onboarding.start"));
    await chat.press(/Español|Spanish|Испанский/);
    await chat.press("A1");
    await chat.press(bot("press.skip"));
    await chat.press(bot("onboarding.starter.yes"));
    await expect(chat.last).toContainText("A1");
  });

  await test.step("a command asks for what it needs, makes a card, and its button deletes it", async () => {
    await chat.say("/add_card murciélago");
    await expect(chat.mine.last()).toContainText("/add_card murciélago");
    await expect(chat.last.locator("b")).toHaveText("murciélago");
    await chat.say("bat");
    await expect(chat.last).toContainText(bot("cards.created"));
    await chat.press(bot("cards.delete"));
    await expect(chat.last).toContainText(bot("cards.deleted", { word: "murciélago" }));
  });

  await test.step("a card is flipped, rated and undone", async () => {
    await chat.say("/study");
    await chat.press(bot("study.show"));
    await expect(chat.last.getByRole("button")).toHaveCount(4);
    await chat.last.getByRole("button").nth(2).click();
    await chat.press(bot("study.undo"));
    await expect(chat.last.getByRole("button")).toHaveCount(4);
  });

  await test.step("photos, files and voice arrive, and are answered", async () => {
    const attach = page.getByLabel("Photo or file");
    const needsTutor = bot("tutor.offline_media");
    await attach.setInputFiles({ name: "word.png", mimeType: "image/png", buffer: PIXEL });
    await expect(chat.mine.last().getByRole("img", { name: "Photo" })).toBeVisible();
    await expect(chat.last).toContainText(needsTutor);
    await attach.setInputFiles({ name: "words.txt", mimeType: "text/plain", buffer: Buffer.from("pan") });
    await expect(chat.mine.last()).toContainText("words.txt (3 bytes)");
    await expect(chat.last).toContainText(bot("errors.unsupported_message"));
    const record = page.getByRole("button", { name: "Record a voice message" });
    await record.click();
    await expect(record).toHaveAttribute("aria-pressed", "true");
    await record.click();
    await expect(chat.mine.last().locator("audio")).toBeVisible();
    await expect(chat.last).toContainText(needsTutor);
  });

  await test.step("another person has a chat of their own; who writes meanwhile is marked", async () => {
    const ben = `Ben ${learner}`;
    const annsId = new URL(page.url()).hash.slice(1);
    await chat.join(ben, language);
    await expect(chat.last).toContainText(ben);
    await expect(chat.log).not.toContainText("words.txt");
    await page.request.post(`${TELEGRAM}/emulator/chats/${annsId}/text`, { data: { text: "/help" } });
    await expect(chat.person(ann).locator(".unread")).toBeVisible();
    await chat.person(ann).click();
    await expect(chat.log).toContainText("words.txt");
    await expect(chat.person(ann).locator(".unread")).toBeHidden();
  });

  await test.step("who blocks the bot can come back", async () => {
    await page.getByRole("button", { name: "Block", exact: true }).click();
    await expect(page.getByRole("textbox", { name: "Message" })).toBeHidden();
    await page.getByRole("button", { name: "Unblock and restart" }).click();
    await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible();
  });
});
