import { useEffect } from "react";
import { sessionKey } from "./keyboard";

interface Handlers {
  enabled: boolean;
  revealed: boolean;
  flip: () => void;
  rate: (rating: number) => void;
  undo: () => void;
  leave: () => void;
}

/** The session's keys, while no dialog is open. */
export function useSessionKeys({ enabled, revealed, flip, rate, undo, leave }: Handlers): void {
  useEffect(() => {
    if (!enabled) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      const onControl = event.target instanceof Element && event.target.closest("button, a, input") !== null;
      const key = sessionKey(event.code, { revealed, onControl });
      if (!key) return;
      event.preventDefault();
      if (key.type === "flip") flip();
      else if (key.type === "rate") rate(key.rating);
      else if (key.type === "undo") undo();
      else leave();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}
