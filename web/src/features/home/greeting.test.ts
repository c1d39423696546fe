import { expect, test } from "vitest";
import { greetingKey } from "./greeting";

test.each([
  [0, "home.night"],
  [4, "home.night"],
  [5, "home.morning"],
  [11, "home.morning"],
  [12, "home.day"],
  [18, "home.evening"],
  [23, "home.evening"],
])("at %d it is %s", (hour, key) => {
  expect(greetingKey(hour)).toBe(key);
});
