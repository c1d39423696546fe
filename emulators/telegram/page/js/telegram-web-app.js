// A stand-in for https://telegram.org/js/telegram-web-app.js: the same window.Telegram.WebApp and the same messages
// between the Mini App and the client around it, for what the product uses.
(() => {
  "use strict";

  const STORED = "__telegram__initParams";
  const launch = { ...stored(), ...Object.fromEntries(new URLSearchParams(location.hash.slice(1))) };
  sessionStorage.setItem(STORED, JSON.stringify(launch));

  function stored() {
    try {
      return JSON.parse(sessionStorage.getItem(STORED) ?? "{}");
    } catch {
      return {};
    }
  }

  const isFramed = window.parent !== window;
  const listeners = new Map();
  const root = document.documentElement.style;

  function post(eventType, eventData = {}) {
    if (isFramed) window.parent.postMessage(JSON.stringify({ eventType, eventData }), "*");
  }

  function emit(name, data) {
    for (const listener of [...(listeners.get(name) ?? [])]) listener.call(WebApp, data);
  }

  function onEvent(name, listener) {
    if (!listeners.has(name)) listeners.set(name, new Set());
    listeners.get(name).add(listener);
  }

  function offEvent(name, listener) {
    listeners.get(name)?.delete(listener);
  }

  function parsedData(query) {
    const values = Object.fromEntries(new URLSearchParams(query));
    for (const name of ["user", "receiver", "chat"]) if (values[name]) values[name] = JSON.parse(values[name]);
    return values;
  }

  class BackButton {
    #isVisible = false;
    get isVisible() {
      return this.#isVisible;
    }
    set isVisible(value) {
      this.#isVisible = value;
      post("web_app_setup_back_button", { is_visible: value });
    }
    show() {
      this.isVisible = true;
      return this;
    }
    hide() {
      this.isVisible = false;
      return this;
    }
    onClick(listener) {
      onEvent("backButtonClicked", listener);
      return this;
    }
    offClick(listener) {
      offEvent("backButtonClicked", listener);
      return this;
    }
  }

  class MainButton {
    type = "main";
    text = "Continue";
    isVisible = false;
    isActive = true;
    isProgressVisible = false;
    color = null;
    textColor = null;
    setParams(params) {
      const names = { is_visible: "isVisible", is_active: "isActive", text: "text", color: "color", text_color: "textColor" };
      for (const [given, own] of Object.entries(names)) if (params[given] !== undefined) this[own] = params[given];
      return this.#update();
    }
    setText(text) {
      return this.setParams({ text });
    }
    show() {
      return this.setParams({ is_visible: true });
    }
    hide() {
      return this.setParams({ is_visible: false });
    }
    enable() {
      return this.setParams({ is_active: true });
    }
    disable() {
      return this.setParams({ is_active: false });
    }
    showProgress(leaveActive) {
      this.isProgressVisible = true;
      return this.setParams({ is_active: Boolean(leaveActive) });
    }
    hideProgress() {
      this.isProgressVisible = false;
      return this.setParams({ is_active: true });
    }
    onClick(listener) {
      onEvent("mainButtonClicked", listener);
      return this;
    }
    offClick(listener) {
      offEvent("mainButtonClicked", listener);
      return this;
    }
    #update() {
      post("web_app_setup_main_button", {
        is_visible: this.isVisible,
        is_active: this.isActive,
        is_progress_visible: this.isProgressVisible,
        text: this.text,
        color: this.color ?? WebApp.themeParams.button_color,
        text_color: this.textColor ?? WebApp.themeParams.button_text_color,
      });
      return this;
    }
  }

  const haptic = (data) => {
    post("web_app_trigger_haptic_feedback", data);
    return WebApp.HapticFeedback;
  };

  let afterPopup = null;
  const afterWriteAccess = [];
  const afterInvoice = new Map();

  const WebApp = {
    initData: launch.tgWebAppData ?? "",
    initDataUnsafe: parsedData(launch.tgWebAppData ?? ""),
    version: launch.tgWebAppVersion ?? "6.0",
    platform: launch.tgWebAppPlatform ?? "unknown",
    themeParams: JSON.parse(launch.tgWebAppThemeParams ?? "{}"),
    colorScheme: "light",
    isActive: true,
    isExpanded: true,
    isFullscreen: false,
    isClosingConfirmationEnabled: false,
    isVerticalSwipesEnabled: true,
    viewportHeight: window.innerHeight,
    viewportStableHeight: window.innerHeight,
    safeAreaInset: { top: 0, bottom: 0, left: 0, right: 0 },
    contentSafeAreaInset: { top: 0, bottom: 0, left: 0, right: 0 },
    BackButton: new BackButton(),
    MainButton: new MainButton(),
    HapticFeedback: {
      impactOccurred: (style) => haptic({ type: "impact", impact_style: style }),
      notificationOccurred: (kind) => haptic({ type: "notification", notification_type: kind }),
      selectionChanged: () => haptic({ type: "selection_change" }),
    },
    onEvent,
    offEvent,
    isVersionAtLeast(version) {
      const [major, minor = 0] = WebApp.version.split(".").map(Number);
      const [wantedMajor, wantedMinor = 0] = version.split(".").map(Number);
      return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
    },
    ready: () => post("web_app_ready"),
    expand: () => post("web_app_expand"),
    close: () => post("web_app_close"),
    setHeaderColor: (color) => post("web_app_set_header_color", { color: WebApp.themeParams[color] ?? color }),
    setBackgroundColor: (color) => post("web_app_set_background_color", { color: WebApp.themeParams[color] ?? color }),
    setBottomBarColor: (color) => post("web_app_set_bottom_bar_color", { color: WebApp.themeParams[color] ?? color }),
    enableClosingConfirmation: () => confirmClosing(true),
    disableClosingConfirmation: () => confirmClosing(false),
    enableVerticalSwipes: () => allowSwipes(true),
    disableVerticalSwipes: () => allowSwipes(false),
    openLink: (url) => post("web_app_open_link", { url }),
    openTelegramLink(url) {
      const { host, pathname, search } = new URL(url);
      if (host !== "t.me") throw new Error("WebAppTgUrlInvalid");
      post("web_app_open_tg_link", { path_full: pathname + search });
    },
    openInvoice(url, callback) {
      const slug = new URL(url).pathname.replace(/^\/(\$|invoice\/)/, "");
      afterInvoice.set(slug, { url, callback });
      post("web_app_open_invoice", { slug });
    },
    showPopup({ title = "", message, buttons = [{ type: "close" }] }, callback) {
      if (!message) throw new Error("WebAppPopupParamInvalid");
      if (afterPopup) throw new Error("WebAppPopupOpened");
      afterPopup = callback ?? (() => {});
      const shown = buttons.map((button) => ({ id: "", type: "default", ...button }));
      post("web_app_open_popup", { title, message, buttons: shown });
    },
    showAlert: (message, callback) => WebApp.showPopup({ message }, callback && (() => callback())),
    showConfirm: (message, callback) =>
      WebApp.showPopup(
        { message, buttons: [{ type: "ok", id: "ok" }, { type: "cancel" }] },
        callback && ((pressed) => callback(pressed === "ok")),
      ),
    requestWriteAccess(callback) {
      afterWriteAccess.push(callback ?? (() => {}));
      post("web_app_request_write_access");
    },
  };

  function confirmClosing(needed) {
    WebApp.isClosingConfirmationEnabled = needed;
    post("web_app_setup_closing_behavior", { need_confirmation: needed });
  }

  function allowSwipes(allowed) {
    WebApp.isVerticalSwipesEnabled = allowed;
    post("web_app_setup_swipe_behavior", { allow_vertical_swipe: allowed });
  }

  function isDark(color = "#ffffff") {
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
    return Math.sqrt(0.299 * red ** 2 + 0.587 * green ** 2 + 0.114 * blue ** 2) < 120;
  }

  function applyTheme(params) {
    WebApp.themeParams = params;
    WebApp.colorScheme = isDark(params.bg_color) ? "dark" : "light";
    root.setProperty("--tg-color-scheme", WebApp.colorScheme);
    for (const [name, color] of Object.entries(params)) {
      root.setProperty(`--tg-theme-${name.replaceAll("_", "-")}`, color);
    }
  }

  function applyViewport(height, isStable) {
    WebApp.viewportHeight = height;
    root.setProperty("--tg-viewport-height", `${height}px`);
    if (!isStable) return;
    WebApp.viewportStableHeight = height;
    root.setProperty("--tg-viewport-stable-height", `${height}px`);
  }

  function applyInset(property, prefix, inset) {
    WebApp[property] = inset;
    for (const [side, size] of Object.entries(inset)) root.setProperty(`--tg-${prefix}-${side}`, `${size}px`);
  }

  const received = {
    theme_changed({ theme_params: params }) {
      applyTheme(params);
      emit("themeChanged");
    },
    viewport_changed({ height, is_expanded: isExpanded, is_state_stable: isStateStable }) {
      WebApp.isExpanded = isExpanded;
      applyViewport(height, isStateStable);
      emit("viewportChanged", { isStateStable });
    },
    safe_area_changed(inset) {
      applyInset("safeAreaInset", "safe-area-inset", inset);
      emit("safeAreaChanged");
    },
    content_safe_area_changed(inset) {
      applyInset("contentSafeAreaInset", "content-safe-area-inset", inset);
      emit("contentSafeAreaChanged");
    },
    back_button_pressed: () => WebApp.BackButton.isVisible && emit("backButtonClicked"),
    main_button_pressed: () => WebApp.MainButton.isActive && emit("mainButtonClicked"),
    popup_closed({ button_id: id = null }) {
      const callback = afterPopup;
      afterPopup = null;
      callback?.(id);
      emit("popupClosed", { button_id: id });
    },
    write_access_requested({ status }) {
      for (const callback of afterWriteAccess.splice(0)) callback(status === "allowed");
      emit("writeAccessRequested", { status });
    },
    invoice_closed({ slug, status }) {
      const { url, callback } = afterInvoice.get(slug) ?? {};
      afterInvoice.delete(slug);
      callback?.(status);
      emit("invoiceClosed", { url, status });
    },
  };

  addEventListener("message", (event) => {
    if (event.source !== window.parent || typeof event.data !== "string") return;
    try {
      const { eventType, eventData } = JSON.parse(event.data);
      received[eventType]?.(eventData);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  });

  applyTheme(WebApp.themeParams);
  applyViewport(window.innerHeight, true);
  window.Telegram = { ...window.Telegram, WebApp };
  post("iframe_ready", { reload_supported: false });
  for (const wanted of ["theme", "viewport", "safe_area", "content_safe_area"]) post(`web_app_request_${wanted}`);
})();
