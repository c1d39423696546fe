import { expect, test } from "vitest";
import { splitWords } from "./words";

test.each([
  ["casa, perro", ["casa", "perro"]],
  ["casa\n\n perro ;gato", ["casa", "perro", "gato"]],
  ["por   favor", ["por favor"]],
  ["casa, casa,", ["casa"]],
  [" , \n", []],
])("%j", (text, words) => {
  expect(splitWords(text)).toEqual(words);
});
