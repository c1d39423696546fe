/** What we use of Telegram's script (core.telegram.org/bots/webapps). */
export interface WebApp {
  readonly initData: string;
  readonly initDataUnsafe: { readonly user?: { readonly allows_write_to_pm?: boolean } };
  readonly colorScheme: "light" | "dark";
  readonly BackButton: Clickable & { show: () => void };
  readonly MainButton: Clickable & {
    readonly isProgressVisible: boolean;
    setParams: (params: MainButtonParams) => void;
    showProgress: (leaveActive: boolean) => void;
    hideProgress: () => void;
  };
  readonly HapticFeedback: {
    impactOccurred: (style: "light" | "heavy") => void;
    notificationOccurred: (kind: "success" | "error") => void;
  };
  ready: () => void;
  expand: () => void;
  close: () => void;
  onEvent: (name: "themeChanged", listener: () => void) => void;
  isVersionAtLeast: (version: string) => boolean;
  setHeaderColor: (color: string) => void;
  setBackgroundColor: (color: string) => void;
  setBottomBarColor: (color: string) => void;
  enableClosingConfirmation: () => void;
  disableClosingConfirmation: () => void;
  requestWriteAccess: () => void;
}

interface Clickable {
  hide: () => void;
  onClick: (listener: () => void) => void;
  offClick: (listener: () => void) => void;
}

export interface MainButtonParams {
  text: string;
  is_visible: boolean;
  is_active: boolean;
  color: string;
  text_color: string;
}

declare global {
  // oxlint-disable-next-line no-var
  var Telegram: { WebApp?: WebApp } | undefined;
}

/** Telegram around us; undefined in a browser, and before `loadTelegram` has ended. */
export function webApp(): WebApp | undefined {
  const app = globalThis.Telegram?.WebApp;
  return app?.initData ? app : undefined;
}
