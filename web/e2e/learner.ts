import { test as base, expect, type Page } from "@playwright/test";
import type { Language, Params } from "../src/shared/i18n/translate";
import { texts } from "./texts";

export interface LearnerOptions {
  language: Language;
}

interface Fixtures {
  /** A text of the client in the learner's language. */
  t: (key: string, params?: Params) => string;
  /** The same of the bot. */
  bot: (key: string, params?: Params) => string;
  /** The number of a learner nobody has been before. */
  learner: string;
  /** Fails the test on errors that the page itself reports. */
  quiet: undefined;
}

// The network changes whenever a container starts on this machine; the client asks again.
const EXPECTED_NOISE = /401 \(Unauthorized\)|ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|404 \(Not Found\)/;

export const test = base.extend<LearnerOptions & Fixtures>({
  language: ["en", { option: true }],
  t: async ({ language }, use) => use(texts(language)),
  bot: async ({ language }, use) => use(texts(language, "bot")),
  learner: async ({}, use, { parallelIndex }) => use(String(Date.now() * 10 + parallelIndex)),
  quiet: [
    async ({ page }, use) => {
      const noise: string[] = [];
      page.on("pageerror", (error) => noise.push(error.message));
      page.on("console", (message) => message.type() === "error" && noise.push(message.text()));
      await use(undefined);
      expect(noise.filter((text) => !EXPECTED_NOISE.test(text))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

type Told = Pick<Fixtures, "t" | "learner">;

export async function signIn(page: Page, { t, learner }: Told): Promise<void> {
  await page.goto("/sign-in?dev=1");
  await page.getByLabel(t("sign_in.developer_label")).fill(learner);
  await page.getByRole("button", { name: t("sign_in.developer") }).click();
}

/** From the welcome to where the learner was going, with or without the starter deck. */
export async function onboard(page: Page, { t }: Told, starter: "add" | "skip", destination = "/"): Promise<void> {
  const next = () => page.getByRole("button", { name: t("common.continue") }).click();
  await page.getByRole("button", { name: t("onboarding.agree") }).click();
  await page.getByRole("radio", { name: "Español" }).check();
  await next();
  await page.getByRole("group", { name: t("profile.current_level") }).getByRole("radio", { name: "A1" }).check();
  await next();
  await page.getByRole("button", { name: t("common.skip") }).click();
  await page.getByRole("button", { name: t(starter === "add" ? "onboarding.starter_add" : "common.skip") }).click();
  await expect(page).toHaveURL(destination);
}
