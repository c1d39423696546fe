import { expect, type Page, type Response } from "@playwright/test";
import type { StudySession } from "../src/shared/api/types";
import type { texts } from "./texts";
import { expectAccessible } from "./accessible";

const isSession = (response: Response) => response.url().endsWith("/api/cards/sessions");

/** Opens a session and studies its `count` cards by keyboard, taking the second rating back once. */
export async function study(page: Page, t: ReturnType<typeof texts>, count: number, open: () => Promise<void>): Promise<void> {
  const [started] = await Promise.all([page.waitForResponse(isSession), open()]);
  const { queue } = (await started.json()) as StudySession;
  const calls: string[] = [];
  page.on("request", (request) => request.url().includes("/api/") && calls.push(new URL(request.url()).pathname));
  const place = (number: number) => expect(page.getByLabel(t("session.counter", { place: number, total: count }))).toBeVisible();

  const [first] = queue;
  const hidden = first?.side === "learning" ? first.card.translation : first?.card.word;
  await place(1);
  expect(await page.content()).not.toContain(hidden);
  await expectAccessible(page);
  await page.keyboard.press("Space");
  await expect(page.getByRole("group", { name: t("session.answer") })).toContainText(hidden ?? "");
  await expectAccessible(page);

  await page.keyboard.press("4");
  await place(2);
  await rate(page, t, "4");
  await place(3);
  await page.keyboard.press("z");
  await place(2);
  for (let number = 2; number < count; number += 1) {
    await rate(page, t, "4");
    await place(number + 1);
  }
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toContainText(t("session.leave_title"));
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await rate(page, t, "4");
  await expect(page).toHaveURL(/session-complete/);
  expect(calls.filter((path) => path === "/api/cards/rate")).toHaveLength(count + 1);
  expect(calls.filter((path) => path === "/api/cards/rate/undo")).toHaveLength(1);
  expect(calls).not.toContain("/api/cards/next");
}

async function rate(page: Page, t: ReturnType<typeof texts>, key: string): Promise<void> {
  await page.keyboard.press("Space");
  await expect(page.getByRole("group", { name: t("session.ratings") })).toBeVisible();
  await page.keyboard.press(key);
}
