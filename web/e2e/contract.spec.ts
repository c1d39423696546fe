import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import openapiTS, { astToString, COMMENT_HEADER, type OpenAPI3 } from "openapi-typescript";

const SCHEMA = fileURLToPath(new URL("../src/shared/api/schema.d.ts", import.meta.url));

test("the API types are those of the server (else: npm run schema)", async ({ request }) => {
  const document = (await (await request.get("/api/openapi.json")).json()) as OpenAPI3;
  const types = astToString(await openapiTS(document, { immutable: true, defaultNonNullable: false }));
  expect(readFileSync(SCHEMA, "utf8") === COMMENT_HEADER + types).toBe(true);
});

test("the first load stays within its budget", async ({ page }) => {
  const sizes: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/assets/")) sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto("/sign-in", { waitUntil: "networkidle" });
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(50_000);
  expect(total).toBeLessThan(200_000);
});
