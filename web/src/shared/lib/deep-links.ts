const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_LENGTH = 22;
const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/;

const SCREENS: Readonly<Record<string, string>> = {
  home: "/",
  login: "/",
  cards: "/practice/cards",
  study: "/practice/cards/session",
  "add-card": "/practice/cards?tab=decks",
  profile: "/profile",
  settings: "/profile/settings",
};
const OBJECTS: Readonly<Record<string, string>> = {
  card: "/practice/cards/card/",
  deck: "/practice/cards/deck/",
};

/** The path that a start parameter or `?go=` opens; undefined when it opens nothing that is known. */
export function deepLinkPath(payload: string): string | undefined {
  if (!PAYLOAD.test(payload)) return undefined;
  if (Object.hasOwn(SCREENS, payload)) return SCREENS[payload];
  const [verb = "", encoded = ""] = payload.split("-", 2);
  const id = decodeId(encoded);
  return Object.hasOwn(OBJECTS, verb) && id !== undefined ? `${OBJECTS[verb]}${id}` : undefined;
}

/** The UUID that 22 base62 digits are; undefined when they are none. */
export function decodeId(text: string): string | undefined {
  const digits = [...text].map((character) => ALPHABET.indexOf(character));
  if (digits.length !== ID_LENGTH || digits.includes(-1)) return undefined;
  const number = digits.reduce((sum, digit) => sum * BigInt(ALPHABET.length) + BigInt(digit), 0n);
  const hex = number.toString(16).padStart(32, "0");
  return hex.length > 32 ? undefined : hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
