export const MOST_WORDS = 20;
export const LONGEST_WORD = 100;

/** The words of a list written with commas, semicolons or line breaks; each once, spaces collapsed. */
export function splitWords(text: string): string[] {
  const words = text.split(/[,;\n]/).map((word) => word.trim().replace(/\s+/g, " "));
  return [...new Set(words.filter(Boolean))];
}
