const FRESH_S = 3600;

/** Whether the server may still accept the launch data: it is less than an hour old. */
export function isFresh(initData: string, nowMs: number): boolean {
  const madeAt = Number(new URLSearchParams(initData).get("auth_date"));
  return nowMs / 1000 - madeAt < FRESH_S;
}
