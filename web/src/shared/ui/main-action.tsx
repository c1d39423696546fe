import { useMainButton } from "@/shared/telegram/use-main-button";
import { webApp } from "@/shared/telegram/web-app";
import { Button } from "./button";

interface Props {
  text: string;
  disabled?: boolean;
  busy?: boolean | undefined;
  shortcut?: string;
  onClick: () => void;
}

/** The one thing to do on this screen: a wide button, inside Telegram its main button. */
export function MainAction({ text, disabled = false, busy = false, shortcut, onClick }: Props) {
  useMainButton({ text, disabled, busy, onClick });
  if (webApp()) return null;
  return (
    <Button wide disabled={disabled} busy={busy} onClick={onClick} aria-keyshortcuts={shortcut}>
      {text}
    </Button>
  );
}
