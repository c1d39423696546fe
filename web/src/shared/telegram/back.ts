import { useEffect, useRef } from "react";
import { createStore, useStore } from "@/shared/lib/store";

/** What Telegram's back button does instead of going back in the history; "hidden" takes it away. */
export type Back = (() => void) | "hidden";

type Current = { readonly current: Back };

const overrides = createStore<readonly Current[]>([]);

/** While mounted, decides about Telegram's back button; the newest of several decides. */
export function useBack(back: Back | undefined): void {
  const latest = useRef<Back>("hidden");
  useEffect(() => {
    if (back !== undefined) latest.current = back;
  });
  const decides = back !== undefined;
  useEffect(() => {
    if (!decides) return undefined;
    overrides.set([...overrides.get(), latest]);
    return () => overrides.set(overrides.get().filter((one) => one !== latest));
  }, [decides]);
}

export function useBackOverride(): Current | undefined {
  return useStore(overrides).at(-1);
}
