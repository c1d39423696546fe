// Plays Telegram around a Mini App: opens it, listens to what it posts, answers as Telegram's clients do.
import { element } from "./message.js";

const byId = (id) => document.getElementById(id);
const frame = byId("app-frame");
const main = byId("app-main");

/** `host`: launch(url, startParam, theme) → address, openTelegramLink(path), toast(text), themes(). */
export class MiniApp {
  constructor(host) {
    this.host = host;
    this.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    this.asksBeforeClosing = false;
    addEventListener("message", (event) => this.receive(event));
    new ResizeObserver(() => this.sendViewport()).observe(frame);
    byId("app-close").addEventListener("click", () => this.close());
    byId("app-back").addEventListener("click", () => this.send("back_button_pressed"));
    byId("app-reload").addEventListener("click", () => this.open(this.url, this.startParam));
    byId("app-theme").addEventListener("click", () => this.changeTheme());
    main.addEventListener("click", () => this.send("main_button_pressed"));
  }

  async open(url, startParam = "") {
    this.url = url;
    this.startParam = startParam;
    this.reset();
    const address = await this.host.launch(url, startParam, this.theme);
    byId("app").hidden = false;
    // A fragment alone does not load the page again, and launch data must be fresh.
    frame.src = "about:blank";
    requestAnimationFrame(() => (frame.src = address));
  }

  reset() {
    this.asksBeforeClosing = false;
    byId("app-back").hidden = true;
    main.hidden = true;
    byId("app-log").replaceChildren();
  }

  /** Closes the Mini App and tells whether it is closed: it may have asked to be kept. */
  async close() {
    if (this.asksBeforeClosing && !(await this.ask("Changes that you made may not be saved."))) return false;
    this.reset();
    byId("app").hidden = true;
    frame.src = "about:blank";
    return true;
  }

  async ask(message) {
    const buttons = [
      { id: "stay", type: "cancel" },
      { id: "close", type: "destructive", text: "Close anyway" },
    ];
    return (await popup({ title: "", message, buttons })) === "close";
  }

  send(eventType, eventData = {}) {
    this.log("→", eventType, eventData);
    frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), "*");
  }

  receive(event) {
    if (event.source !== frame.contentWindow || typeof event.data !== "string") return;
    const { eventType, eventData } = JSON.parse(event.data);
    this.log("←", eventType, eventData);
    const handler = HANDLERS[eventType];
    if (handler) handler.call(this, eventData ?? {});
    else this.log("!", "not emulated", eventType);
  }

  log(direction, type, data) {
    byId("app-log").prepend(element("li", {}, `${direction} ${type} ${JSON.stringify(data ?? {})}`));
  }

  changeTheme() {
    this.theme = this.theme === "light" ? "dark" : "light";
    this.sendTheme();
  }

  sendTheme() {
    this.send("theme_changed", { theme_params: this.host.themes()[this.theme] });
  }

  sendViewport() {
    if (byId("app").hidden) return;
    const { clientHeight: height, clientWidth: width } = frame;
    this.send("viewport_changed", { height, width, is_expanded: true, is_state_stable: true });
  }
}

const NO_INSETS = { top: 0, bottom: 0, left: 0, right: 0 };

const HANDLERS = {
  iframe_ready() {},
  iframe_will_reload() {},
  web_app_ready() {},
  web_app_expand() {
    this.sendViewport();
  },
  web_app_close() {
    this.asksBeforeClosing = false;
    this.close();
  },
  web_app_request_theme() {
    this.sendTheme();
  },
  web_app_request_viewport() {
    this.sendViewport();
  },
  web_app_request_safe_area() {
    this.send("safe_area_changed", NO_INSETS);
  },
  web_app_request_content_safe_area() {
    this.send("content_safe_area_changed", NO_INSETS);
  },
  web_app_setup_back_button({ is_visible: isVisible }) {
    byId("app-back").hidden = !isVisible;
  },
  web_app_setup_main_button(button) {
    main.hidden = !button.is_visible;
    main.disabled = !button.is_active;
    main.textContent = button.is_progress_visible ? "…" : (button.text ?? "");
    main.style.background = button.color ?? "";
    main.style.color = button.text_color ?? "";
  },
  web_app_setup_settings_button() {},
  web_app_setup_swipe_behavior() {},
  web_app_setup_closing_behavior({ need_confirmation: needed }) {
    this.asksBeforeClosing = needed;
  },
  web_app_set_header_color({ color }) {
    document.querySelector(".app > header").style.background = color ?? "";
  },
  web_app_set_background_color({ color }) {
    frame.style.background = color ?? "";
  },
  web_app_set_bottom_bar_color() {},
  web_app_trigger_haptic_feedback({ type, impact_style: impact, notification_type: notification }) {
    this.host.toast(`haptic: ${type} ${impact ?? notification ?? ""}`);
  },
  web_app_open_link({ url }) {
    open(url, "_blank", "noopener");
  },
  web_app_open_tg_link({ path_full: path }) {
    this.host.openTelegramLink(path);
  },
  web_app_open_invoice({ slug }) {
    this.host.toast("The emulator does not pay inside the Mini App.");
    this.send("invoice_closed", { slug, status: "failed" });
  },
  web_app_request_write_access() {
    this.send("write_access_requested", { status: "allowed" });
  },
  async web_app_open_popup(params) {
    const pressed = await popup(params);
    this.send("popup_closed", pressed === undefined ? {} : { button_id: pressed });
  },
};

const TITLES = { ok: "OK", close: "Close", cancel: "Cancel" };

/** Shows a popup and returns the id of the pressed button, or nothing when it was dismissed. */
export function popup({ title, message, buttons }) {
  const dialog = byId("popup");
  dialog.querySelector("strong").textContent = title ?? "";
  dialog.querySelector("p").textContent = message;
  dialog
    .querySelector("form")
    .replaceChildren(
      ...buttons.map(({ id, type, text }) => element("button", { value: `pressed:${id}` }, text ?? TITLES[type] ?? "OK")),
    );
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => resolve(dialog.returnValue ? dialog.returnValue.slice("pressed:".length) : undefined),
      { once: true },
    );
  });
}
