export type SessionKey = { type: "flip" } | { type: "rate"; rating: number } | { type: "undo" } | { type: "leave" };

interface Situation {
  revealed: boolean;
  /** The focused element acts on Space and Enter itself. */
  onControl: boolean;
}

/** What a key means in the session: Space or Enter flips, 1 to 4 rate, Z takes back, Esc leaves. */
export function sessionKey(code: string, { revealed, onControl }: Situation): SessionKey | undefined {
  if (code === "Escape") return { type: "leave" };
  if (code === "KeyZ") return { type: "undo" };
  if (code === "Space" || code === "Enter") return revealed || onControl ? undefined : { type: "flip" };
  const digit = /^(?:Digit|Numpad)([1-4])$/.exec(code)?.[1];
  return digit && revealed ? { type: "rate", rating: Number(digit) } : undefined;
}
