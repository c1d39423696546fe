import { expect, test } from "vitest";
import { isOlder } from "./versions";

test.each([
  ["0.1.0", "0.1.1", true],
  ["0.9.0", "0.10.0", true],
  ["1.9.9", "2.0.0", true],
  ["0.1.0", "0.1.0", false],
  ["0.10.0", "0.9.0", false],
  ["2.0.0", "1.10.10", false],
])("%s before %s: %s", (version, other, older) => {
  expect(isOlder(version, other)).toBe(older);
});
