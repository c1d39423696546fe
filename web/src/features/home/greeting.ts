/** The greeting that fits the local hour. */
export function greetingKey(hour: number): "home.night" | "home.morning" | "home.day" | "home.evening" {
  if (hour < 5) return "home.night";
  if (hour < 12) return "home.morning";
  if (hour < 18) return "home.day";
  return "home.evening";
}
