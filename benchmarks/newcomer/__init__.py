"""From `git clone` to the first rated card, as a newcomer goes."""
