/** Whether a dotted version such as "1.10.0" came before another. */
export function isOlder(version: string, other: string): boolean {
  return version.localeCompare(other, "en", { numeric: true }) < 0;
}
