let destination = "/";

/** Remembers where the learner was going before they had to sign in or be set up. */
export function rememberDestination(path: string): void {
  destination = path;
}

/** Where to go now; the memory is used up. */
export function takeDestination(): string {
  const path = destination;
  destination = "/";
  return path;
}
