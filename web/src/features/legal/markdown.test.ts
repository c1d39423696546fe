import { expect, test } from "vitest";
import { blocks } from "./markdown";

test("headings, paragraphs and lists become blocks", () => {
  expect(blocks("# Terms\n\nOne line\nand another.\n\n- first\n- second\n")).toEqual([
    { kind: "heading", text: "Terms" },
    { kind: "text", text: "One line and another." },
    { kind: "list", items: ["first", "second"] },
  ]);
});
