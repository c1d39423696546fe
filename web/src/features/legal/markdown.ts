export type Block =
  | { kind: "heading"; text: string }
  | { kind: "text"; text: string }
  | { kind: "list"; items: string[] };

const BULLET = /^[-*] /;

function block(lines: string[]): Block {
  const [first = ""] = lines;
  if (first.startsWith("#")) return { kind: "heading", text: first.replace(/^#+\s*/, "") };
  if (BULLET.test(first)) return { kind: "list", items: lines.map((line) => line.replace(BULLET, "")) };
  return { kind: "text", text: lines.join(" ") };
}

/** The blocks of our legal texts: headings, paragraphs and flat lists, separated by blank lines. */
export function blocks(markdown: string): Block[] {
  return markdown
    .split(/\n\s*\n/)
    .map((chunk) => chunk.split("\n").map((line) => line.trim()).filter(Boolean))
    .filter((lines) => lines.length > 0)
    .map(block);
}
