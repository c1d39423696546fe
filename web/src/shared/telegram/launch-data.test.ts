import { expect, test } from "vitest";
import { isFresh } from "./launch-data";

const MADE_AT = 1_767_225_600;
const initData = `user=%7B%7D&auth_date=${MADE_AT}&hash=00`;

test.each([
  [0, true],
  [3599, true],
  [3600, false],
])("launch data of %i seconds", (age, fresh) => {
  expect(isFresh(initData, (MADE_AT + age) * 1000)).toBe(fresh);
});

test("no launch data is never fresh", () => {
  expect(isFresh("", MADE_AT * 1000)).toBe(false);
});
