let destination = "/";

/** Remembers where the learner was going before they had to sign in or be set up. */
export function rememberDestination(path: string): void {
  destination = path;
}

export function rememberedDestination(): string {
  return destination;
}
