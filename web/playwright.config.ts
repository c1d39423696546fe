import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";
import type { LearnerOptions } from "./e2e/learner";

const PORT = 8790;
const PHONE = { width: 375, height: 812 };
const DESKTOP = { width: 1280, height: 860 };
const server = `http://127.0.0.1:${PORT}`;

type Project = NonNullable<PlaywrightTestConfig<LearnerOptions>["projects"]>[number];

function project(device: "phone" | "desktop", language: LearnerOptions["language"]): Project {
  const viewport = device === "phone" ? PHONE : DESKTOP;
  return { name: `${device}-${language}`, use: { language, locale: language, viewport, hasTouch: device === "phone" } };
}

export default defineConfig<LearnerOptions>({
  testDir: "e2e",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  timeout: 90_000,
  reporter: [["list"]],
  use: {
    baseURL: server,
    reducedMotion: "reduce",
    trace: "retain-on-failure",
    launchOptions: { executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium" },
  },
  projects: [project("phone", "ru"), project("phone", "en"), project("desktop", "ru"), project("desktop", "en")],
  webServer: {
    command: `../.venv/bin/langagent dev up --no-web --no-input --port ${PORT} --state ../.langagent/e2e`,
    url: `${server}/health/ready`,
    timeout: 60_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGINT", timeout: 20_000 },
  },
});
