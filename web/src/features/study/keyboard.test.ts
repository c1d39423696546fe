import { expect, test } from "vitest";
import { sessionKey } from "./keyboard";

const FRONT = { revealed: false, onControl: false };
const BACK = { revealed: true, onControl: false };

test.each([
  ["Space", FRONT, { type: "flip" }],
  ["Enter", FRONT, { type: "flip" }],
  ["Space", BACK, undefined],
  ["Space", { revealed: false, onControl: true }, undefined],
  ["Digit1", FRONT, undefined],
  ["Digit1", BACK, { type: "rate", rating: 1 }],
  ["Numpad4", BACK, { type: "rate", rating: 4 }],
  ["Digit5", BACK, undefined],
  ["KeyZ", FRONT, { type: "undo" }],
  ["Escape", BACK, { type: "leave" }],
  ["KeyA", BACK, undefined],
] as const)("%s with %o means %o", (code, situation, meaning) => {
  expect(sessionKey(code, situation)).toEqual(meaning);
});
