import { useEffect, useRef } from "react";
import { webApp } from "./web-app";

const COLOURS = { color: "#ff6b35", text_color: "#0a0e27" };

interface MainButton {
  text: string;
  disabled: boolean;
  busy: boolean;
  onClick: () => void;
}

/** Shows Telegram's main button while mounted; does nothing in a browser. */
export function useMainButton({ text, disabled, busy, onClick }: MainButton): void {
  const latest = useRef(onClick);
  useEffect(() => {
    latest.current = onClick;
  });
  useEffect(() => {
    const main = webApp()?.MainButton;
    if (!main) return undefined;
    const press = () => latest.current();
    main.onClick(press);
    return () => {
      main.offClick(press);
      main.hide();
    };
  }, []);
  useEffect(() => {
    const main = webApp()?.MainButton;
    if (busy) main?.showProgress(false);
    else if (main?.isProgressVisible) main.hideProgress();
    main?.setParams({ ...COLOURS, text, is_visible: true, is_active: !disabled && !busy });
  }, [text, disabled, busy]);
}
