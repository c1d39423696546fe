// The chat page: people on the left, one phone with their chat, one with the Mini App.
import { bubble, element } from "./message.js";
import { MiniApp, popup } from "./miniapp.js";
import { get, listen, post } from "./server.js";
import { recordVoice } from "./voice.js";

const byId = (id) => document.getElementById(id);
const TYPING_SECONDS = 5;
const ANSWER_SECONDS = 15;

const state = { bot: {}, themes: {}, people: [], chosen: 0, chat: null, unread: new Map() };
const waiting = new Map();

function toast(text) {
  const box = byId("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => (box.hidden = true), 4000);
}

/** Runs an action and shows its refusal. */
async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    toast(error.message);
  }
}

const act = (what, body) => attempt(() => post(`chats/${state.chosen}/${what}`, body));

const miniApp = new MiniApp({
  launch: async (url, startParam, theme) =>
    (await post(`chats/${state.chosen}/launch`, { url, start_param: startParam, theme })).url,
  openTelegramLink: (path) => openTelegramLink(new URL(path, "https://t.me")),
  themes: () => state.themes,
  toast,
});

const openApp = (url, startParam) => attempt(() => miniApp.open(url, startParam));

/** Follows a t.me link; to the bot itself it starts the bot or opens its Mini App. */
function openTelegramLink(url) {
  if (url.pathname.split("/")[1] !== state.bot.username) {
    toast(`Telegram would open ${url}`);
  } else if (url.searchParams.has("startapp")) {
    openApp(state.chat.app_url, url.searchParams.get("startapp"));
  } else {
    act("start", { payload: url.searchParams.get("start") ?? "" });
  }
}

const actions = {
  say: (text) => act("text", { text }),
  openLink(url, event) {
    if (new URL(url).host !== "t.me") return;
    event.preventDefault();
    openTelegramLink(new URL(url));
  },
  async press(button, message, shown) {
    if (button.web_app) return openApp(button.web_app.url);
    if (button.url) {
      const url = new URL(button.url);
      return url.host === "t.me" ? openTelegramLink(url) : open(url, "_blank", "noopener");
    }
    if (!("callback_data" in button)) return toast(`${Object.keys(button).at(-1)} is not emulated`);
    shown.setAttribute("aria-busy", "true");
    const pressed = await act("press", { message_id: message.message_id, data: button.callback_data });
    const release = () => shown.removeAttribute("aria-busy");
    if (!pressed || answered.has(pressed.query_id)) return release();
    waiting.set(pressed.query_id, release);
    setTimeout(release, ANSWER_SECONDS * 1000);
  },
};

// An answer may come before the press has returned.
const answered = new Set();

function showMessage(message) {
  const box = byId("messages");
  const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const made = bubble(message, message.from.id !== state.bot.id, actions);
  const old = box.querySelector(`[data-id="${message.message_id}"]`);
  if (old) old.replaceWith(made);
  else box.append(made);
  if (isAtEnd) box.scrollTop = box.scrollHeight;
}

function showReplyKeyboard(markup) {
  const box = byId("reply-keyboard");
  box.hidden = !markup;
  const rows = (markup?.keyboard ?? []).map((row) => {
    const buttons = row.map((button) => {
      const shown = element("button", { type: "button" }, button.text);
      shown.addEventListener("click", () =>
        button.web_app ? openApp(button.web_app.url) : actions.say(button.text),
      );
      return shown;
    });
    return element("div", { className: "keyboard" }, ...buttons);
  });
  box.replaceChildren(...rows);
}

function showCommands(commands) {
  const items = commands.map(({ command, description }) => {
    const button = element("button", { type: "button" }, element("b", {}, `/${command} `), description);
    button.addEventListener("click", () => {
      byId("commands").hidden = true;
      actions.say(`/${command}`);
    });
    return element("li", {}, button);
  });
  byId("commands").replaceChildren(...items);
}

function showHeader() {
  const { chat } = state;
  byId("bot-name").textContent = byId("app-name").textContent = state.bot.first_name;
  byId("block").textContent = chat.blocked ? "Unblock" : "Block";
  byId("start").hidden = chat.started && !chat.blocked;
  byId("start").textContent = chat.blocked ? "Unblock and restart" : "Start";
  byId("compose").hidden = !chat.started || chat.blocked;
  byId("menu").textContent = chat.menu_button.text ?? "☰";
  byId("menu").hidden = chat.menu_button.type !== "web_app" && !chat.commands.length;
  showCommands(chat.commands);
  showReplyKeyboard(chat.reply_keyboard);
}

async function loadChat(messagesToo = true) {
  state.chat = await get(`chats/${state.chosen}`);
  showHeader();
  if (!messagesToo) return;
  byId("messages").replaceChildren();
  state.chat.messages.forEach(showMessage);
  byId("messages").scrollTop = byId("messages").scrollHeight;
}

function showPeople() {
  const items = state.people.map(({ person, started, blocked }) => {
    const standing = blocked ? "blocked the bot" : started ? "started" : "not started";
    const name = element("span", {}, person.first_name, element("small", {}, `${person.language_code ?? "—"} · ${standing}`));
    const button = element("button", { type: "button" }, element("span", { className: "avatar" }, person.first_name[0]), name);
    const unread = state.unread.get(person.id);
    if (unread) button.append(element("span", { className: "unread" }, String(unread)));
    button.setAttribute("aria-current", String(person.id === state.chosen));
    button.addEventListener("click", () => choose(person.id));
    return element("li", {}, button);
  });
  byId("people").replaceChildren(...items);
}

async function loadPeople() {
  Object.assign(state, await get("people"));
  showPeople();
}

async function choose(id) {
  if (!(await miniApp.close())) return;
  state.chosen = id;
  state.unread.delete(id);
  history.replaceState(null, "", `#${id}`);
  showPeople();
  await attempt(loadChat);
}

const ifChosen = (handle) => (event) => event.chat_id === state.chosen && handle(event);

const handlers = {
  message(event) {
    if (event.chat_id === state.chosen) {
      byId("status").textContent = "";
      return showMessage(event.message);
    }
    state.unread.set(event.chat_id, (state.unread.get(event.chat_id) ?? 0) + 1);
    showPeople();
  },
  deleted: ifChosen((event) => byId("messages").querySelector(`[data-id="${event.message_id}"]`)?.remove()),
  reply_keyboard: ifChosen((event) => showReplyKeyboard(event.reply_keyboard)),
  action: ifChosen((event) => {
    byId("status").textContent = `${event.action.replaceAll("_", " ")}…`;
    clearTimeout(handlers.timer);
    handlers.timer = setTimeout(() => (byId("status").textContent = ""), TYPING_SECONDS * 1000);
  }),
  answer: ifChosen((event) => {
    answered.add(event.query_id);
    waiting.get(event.query_id)?.();
    if (event.text && event.show_alert) popup({ message: event.text, buttons: [{ id: "ok", type: "ok" }] });
    else if (event.text) toast(event.text);
  }),
  checkout: ifChosen((event) => toast(event.ok ? "Paid" : event.text)),
  commands: () => loadChat(false),
  menu: () => loadChat(false),
  async person(event) {
    await loadPeople();
    if (event.chat_id === state.chosen) await loadChat(false);
  },
  call(event) {
    const time = new Date().toLocaleTimeString();
    const shown = element("li", {}, `${time} ${event.method} ${event.code || "no answer"}`);
    shown.className = event.code === 200 ? "" : "failed";
    byId("calls").prepend(shown);
    byId("calls").children[50]?.remove();
  },
};

async function sendFile(file, kind, duration = 1) {
  const form = new FormData();
  form.set("file", file);
  form.set("kind", kind);
  form.set("caption", byId("text").value.trim());
  form.set("duration", String(duration));
  if (await act("file", form)) byId("text").value = "";
}

byId("compose").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = byId("text").value.trim();
  if (text && (await actions.say(text))) byId("text").value = "";
});
byId("text").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  byId("compose").requestSubmit();
});
byId("attach").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (file) await sendFile(file, /^image\/(png|jpeg|webp)$/.test(file.type) ? "photo" : "document");
  target.value = "";
});
byId("record").addEventListener("click", ({ currentTarget }) =>
  attempt(() => recordVoice(currentTarget, (file, seconds) => sendFile(file, "voice", seconds))),
);
byId("menu").addEventListener("click", () => {
  const { menu_button: button } = state.chat;
  if (button.type === "web_app") openApp(button.web_app.url);
  else byId("commands").hidden = !byId("commands").hidden;
});
byId("start").addEventListener("click", async () => {
  await act("start");
  await loadChat(false);
});
byId("block").addEventListener("click", () => act(state.chat.blocked ? "unblock" : "block"));
byId("add-person").addEventListener("submit", async (event) => {
  event.preventDefault();
  const added = await attempt(() => post("people", Object.fromEntries(new FormData(event.target))));
  event.target.reset();
  if (added) await choose(added.person.id);
});
byId("add-fault").addEventListener("submit", (event) => {
  event.preventDefault();
  const { kind, seconds, times } = Object.fromEntries(new FormData(event.target));
  attempt(() => post("faults", { kind, seconds: Number(seconds), times: Number(times) }));
});

await loadPeople();
listen(handlers, () => attempt(loadChat));
await choose(Number(location.hash.slice(1)) || state.people[0]?.person.id);
