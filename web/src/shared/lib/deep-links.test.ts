import { expect, test } from "vitest";
import { decodeId, deepLinkPath } from "./deep-links";

const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
const ENCODED = "0TMXp8QPR6yGvKuV2GZQ10";

test("an id is a UUID in base62", () => {
  expect(decodeId(ENCODED)).toBe(ID);
  expect(decodeId("0".repeat(22))).toBe("00000000-0000-0000-0000-000000000000");
});

test.each(["", ENCODED.slice(1), `${ENCODED}0`, "z".repeat(22), "-".repeat(22)])("%s is no id", (text) => {
  expect(decodeId(text)).toBeUndefined();
});

test.each([
  ["home", "/"],
  ["study", "/practice/cards/session"],
  ["add-card", "/practice/cards?tab=decks"],
  [`card-${ENCODED}`, `/practice/cards/card/${ID}`],
  [`deck-${ENCODED}`, `/practice/cards/deck/${ID}`],
])("%s opens a screen", (payload, path) => {
  expect(deepLinkPath(payload)).toBe(path);
});

test.each(["", "nowhere", "card-", "card-short", `nothing-${ENCODED}`, "toString", "a b", "x".repeat(65)])("%s opens nothing", (payload) => {
  expect(deepLinkPath(payload)).toBeUndefined();
});
