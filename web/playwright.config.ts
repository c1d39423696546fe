import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";
import { PORT, TELEGRAM_PORT } from "./e2e/addresses";
import type { LearnerOptions } from "./e2e/learner";

const VIEWPORTS = { phone: { width: 375, height: 812 }, desktop: { width: 1280, height: 860 } };
const THEMES = { ru: "light", en: "dark" } as const;
const langagent = "../.venv/bin/langagent dev";
const ports = `--port ${PORT} --telegram-port ${TELEGRAM_PORT}`;
const state = "--state ../.langagent/e2e-b3";
const server = `http://127.0.0.1:${PORT}`;

type Project = NonNullable<PlaywrightTestConfig<LearnerOptions>["projects"]>[number];

/** The newcomer's path is walked in every combination, the other screens once light and once dark. */
function project(device: keyof typeof VIEWPORTS, language: LearnerOptions["language"], files: RegExp): Project {
  return {
    name: `${device}-${language}`,
    testMatch: files,
    use: {
      language,
      locale: language,
      colorScheme: THEMES[language],
      viewport: VIEWPORTS[device],
      hasTouch: device === "phone",
    },
  };
}

const EVERYTHING = /(newcomer|offline|screens|manage)\.spec\.ts$/;
const TELEGRAM = /(mini-app|chat-page)\.spec\.ts$/;
const MICROPHONE = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"];
const NEWCOMER = /newcomer\.spec\.ts$/;

export default defineConfig<LearnerOptions>({
  testDir: "e2e",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    baseURL: server,
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: MICROPHONE },
  },
  projects: [
    { name: "contract", testMatch: /contract\.spec\.ts$/ },
    { name: "telegram-ru", testMatch: TELEGRAM, use: { language: "ru", locale: "ru", viewport: VIEWPORTS.desktop } },
    { name: "telegram-en", testMatch: TELEGRAM, use: { language: "en", locale: "en", viewport: VIEWPORTS.desktop } },
    project("phone", "ru", EVERYTHING),
    project("phone", "en", NEWCOMER),
    project("desktop", "ru", NEWCOMER),
    project("desktop", "en", EVERYTHING),
  ],
  webServer: {
    command: `${langagent} reset --yes ${state} && exec ${langagent} up --no-web --no-input ${ports} ${state}`,
    url: `${server}/health/ready`,
    timeout: 60_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGINT", timeout: 20_000 },
  },
});
