import { expect, test } from "vitest";
import { translate, type Catalogue } from "./translate";

const russian: Catalogue = { "decks.cards": ["{count} карточка", "{count} карточки", "{count} карточек"] };
const english: Catalogue = { "decks.cards": ["{count} card", "{count} cards"], "home.day": "Hello, {name}!" };

test.each([
  [1, "1 карточка"],
  [3, "3 карточки"],
  [11, "11 карточек"],
  [21, "21 карточка"],
  [0, "0 карточек"],
])("Russian plural of %d", (count, text) => {
  expect(translate("ru", russian, "decks.cards", { count })).toBe(text);
});

test.each([
  [1, "1 card"],
  [2, "2 cards"],
  [1200, "1,200 cards"],
])("English plural of %d", (count, text) => {
  expect(translate("en", english, "decks.cards", { count })).toBe(text);
});

test("parameters are filled in; a missing key shows itself", () => {
  expect(translate("en", english, "home.day", { name: "Ana" })).toBe("Hello, Ana!");
  expect(translate("en", english, "home.night")).toBe("home.night");
});
