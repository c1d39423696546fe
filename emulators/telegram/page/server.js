// The emulator's control door, as the page uses it.

async function request(method, path, body) {
  const options = { method };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) options.body = JSON.stringify(body);
  const answer = await fetch(`/emulator/${path}`, options);
  const given = await answer.json();
  if (!answer.ok) throw new Error(given.error);
  return given;
}

export const get = (path) => request("GET", path);
export const post = (path, body = {}) => request("POST", path, body);

/** Calls the handler of each event's kind; `reconnected` runs when events may have been missed. */
export function listen(handlers, reconnected) {
  const stream = new EventSource("/emulator/events");
  let opened = false;
  stream.onopen = () => {
    if (opened) reconnected();
    opened = true;
  };
  stream.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    handlers[event.kind]?.(event);
  };
}
