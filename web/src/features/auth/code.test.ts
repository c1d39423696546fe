import { expect, test } from "vitest";
import { cleanCode } from "./code";

test.each([
  ["abcd-efgh", "ABCDEFGH"],
  [" 7k4m 2qxz ", "7K4M2QXZ"],
  ["oil01234", "01101234"],
  ["uuuu", ""],
  ["0123456789", "01234567"],
])("%j is read as %j", (typed, code) => {
  expect(cleanCode(typed)).toBe(code);
});
