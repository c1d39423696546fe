import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

async function seriousProblems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

/** The screen as it is now, in the theme of the project, has no serious accessibility problem. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await seriousProblems(page), page.url()).toEqual([]);
}
