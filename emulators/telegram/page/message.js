// A message as a bubble. Everything that comes from outside is set as text, never as markup.

const TAGS = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function wrapped(entity, inner, text, actions) {
  if (entity.type === "spoiler") return element("span", { className: "spoiler", tabIndex: 0 }, inner);
  if (entity.type === "text_link" || entity.type === "url") {
    const url = entity.url ?? text;
    const link = element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, inner);
    link.addEventListener("click", (event) => actions.openLink(url, event));
    return link;
  }
  if (entity.type === "bot_command") {
    const link = element("a", { href: "#" }, inner);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      actions.say(text);
    });
    return link;
  }
  return TAGS[entity.type] ? element(TAGS[entity.type], {}, inner) : inner;
}

/** Text with its entities, which may lie inside one another but never cross. */
function formatted(text, entities, actions, from = 0, to = text.length) {
  const nodes = document.createDocumentFragment();
  let at = from;
  entities.forEach((entity, index) => {
    const end = entity.offset + entity.length;
    if (entity.offset < at || end > to) return;
    nodes.append(text.slice(at, entity.offset));
    const inner = formatted(text, entities.slice(index + 1), actions, entity.offset, end);
    nodes.append(wrapped(entity, inner, text.slice(entity.offset, end), actions));
    at = end;
  });
  nodes.append(text.slice(at, to));
  return nodes;
}

const fileUrl = (file) => `/emulator/files/${encodeURIComponent(file.file_id)}`;

function attachment(message) {
  if (message.photo) return element("img", { src: fileUrl(message.photo.at(-1)), alt: "Photo" });
  if (message.voice) return element("audio", { src: fileUrl(message.voice), controls: true });
  if (message.document) {
    const { file_name: name, file_size: size } = message.document;
    return element("a", { href: fileUrl(message.document), download: name }, `📄 ${name} (${size} bytes)`);
  }
  if (message.successful_payment) return `⭐ ${message.successful_payment.total_amount} paid`;
  return "";
}

const ICONS = { web_app: " ⧉", url: " ↗\uFE0E" };

function keyboardRow(row, message, actions) {
  const buttons = row.map((button) => {
    const icon = ICONS[Object.keys(button).find((key) => key in ICONS)] ?? "";
    const shown = element("button", { type: "button" }, button.text + icon);
    shown.addEventListener("click", () => actions.press(button, message, shown));
    return shown;
  });
  return element("div", { className: "keyboard" }, ...buttons);
}

/** The bubble of a message, with its buttons below. `actions`: say, press, openLink. */
export function bubble(message, isMine, actions) {
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const time = new Date(message.date * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const body = element("div", { className: "bubble" });
  if (message.reply_to_message) {
    const quoted = message.reply_to_message.text ?? message.reply_to_message.caption ?? "…";
    body.append(element("div", { className: "quoted" }, quoted.slice(0, 80)));
  }
  body.append(attachment(message), formatted(text, entities, actions));
  body.append(element("time", {}, (message.edit_date ? "edited " : "") + time));
  const rows = (message.reply_markup?.inline_keyboard ?? []).map((row) => keyboardRow(row, message, actions));
  const made = element("article", { className: isMine ? "message mine" : "message" }, body, ...rows);
  made.dataset.id = message.message_id;
  return made;
}
