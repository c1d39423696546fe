export const CODE_LENGTH = 8;

const READ_AS: Record<string, string> = { I: "1", L: "1", O: "0" };

/** A typed code as Crockford's base32 reads it: upper case, look-alikes replaced, the rest dropped. */
export function cleanCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[ILO]/g, (letter) => READ_AS[letter] ?? letter)
    .replace(/[^0-9A-HJKMNP-TV-Z]/g, "")
    .slice(0, CODE_LENGTH);
}
