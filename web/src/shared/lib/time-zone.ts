export function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
