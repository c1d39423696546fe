import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { buildUrl } from "./client";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let handler: Handler;
const seen: { url: string; headers: IncomingMessage["headers"] }[] = [];
const server = createServer((request, response) => {
  seen.push({ url: request.url ?? "", headers: request.headers });
  handler(request, response);
});

const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
const refuse = (response: ServerResponse, status: number, code: string) =>
  json(response, status, { error: { code, message: code, request_id: "1" } });
const seenUrls = () => seen.map(({ url }) => url);

/** The client as it is after a fresh start, talking to the server of this file. */
async function client() {
  vi.resetModules();
  const [{ call }, session, { ApiError, NetworkError }, { refresh }] = await Promise.all([
    import("./client"),
    import("../auth/session"),
    import("./errors"),
    import("../auth/refresh"),
  ]);
  return { call, session, ApiError, NetworkError, refresh };
}

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  vi.stubEnv("VITE_API_BASE_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

afterAll(() => void server.close());

beforeEach(() => {
  seen.length = 0;
});

test("path parameters are escaped, empty query parameters left out", () => {
  expect(buildUrl("/api/decks/{id}", { id: "a/b" }, { search: "el niño", status: undefined, cursor: "" })).toBe(
    "/api/decks/a%2Fb?search=el+ni%C3%B1o",
  );
});

test("an expired token is refreshed once for all requests that met it, then they are sent again", async () => {
  const { call, session } = await client();
  session.signedIn("old");
  handler = (request, response) => {
    if (request.url === "/api/auth/refresh") json(response, 200, { token: "new", expires_at: "" });
    else if (request.headers.authorization === "Bearer new") json(response, 200, { data: [] });
    else refuse(response, 401, "TOKEN_EXPIRED");
  };
  await Promise.all([call("get", "/api/decks", {}), call("get", "/api/profiles", {}), call("get", "/api/decks", {})]);
  expect(seenUrls().filter((url) => url === "/api/auth/refresh")).toHaveLength(1);
  expect(seen).toHaveLength(7);
  expect(seen.find(({ url }) => url === "/api/auth/refresh")?.headers["x-requested-with"]).toBe("langagent");
});

test("when the refresh is refused too, the learner is signed out and the refusal is passed on", async () => {
  const { call, session, ApiError } = await client();
  session.signedIn("old");
  handler = (_request, response) => refuse(response, 401, "AUTH_FAILED");
  await expect(call("get", "/api/decks", {})).rejects.toBeInstanceOf(ApiError);
  expect(session.token()).toBeUndefined();
  expect(seenUrls()).toEqual(["/api/decks", "/api/auth/refresh"]);
});

test("a refusal carries its code, message and details", async () => {
  const { call } = await client();
  handler = (_request, response) =>
    json(response, 402, { error: { code: "LIMIT_REACHED", message: "Full", details: { max: 200 }, request_id: "1" } });
  await expect(call("get", "/api/decks", {})).rejects.toMatchObject({
    status: 402,
    code: "LIMIT_REACHED",
    message: "Full",
    details: { max: 200 },
  });
});

test("an answer that is not ours counts as no connection", async () => {
  const { call, NetworkError } = await client();
  handler = (_request, response) => response.writeHead(502).end("<html>Bad gateway</html>");
  await expect(call("get", "/api/decks", {})).rejects.toBeInstanceOf(NetworkError);
});

test("no answer within the time-out counts as no connection", async () => {
  const { call, NetworkError } = await client();
  handler = () => undefined;
  const failure = call("get", "/api/decks", { timeout: 20 });
  await expect(failure).rejects.toBeInstanceOf(NetworkError);
  await expect(failure).rejects.toMatchObject({ timedOut: true });
});

test("a creation whose answer was lost is sent once more with the same key", async () => {
  const { call } = await client();
  handler = (request, response) => {
    if (seen.length === 1) request.socket.destroy();
    else json(response, 201, { id: "deck" });
  };
  await call("post", "/api/decks", { body: { name: "Verbs" }, idempotencyKey: "key-1" });
  expect(seen.map(({ headers }) => headers["idempotency-key"])).toEqual(["key-1", "key-1"]);
});

test("only a request that says so outlives the page that sent it", async () => {
  const { call } = await client();
  handler = (_request, response) => json(response, 200, {});
  const sent = vi.spyOn(globalThis, "fetch");
  await call("patch", "/api/users/me", { body: { theme: "dark" }, keepalive: true });
  await call("patch", "/api/users/me", { body: { theme: "dark" } });
  expect(sent.mock.calls.map(([, options]) => options?.keepalive)).toEqual([true, false]);
  sent.mockRestore();
});

test("a refresh without an answer leaves the learner signed in", async () => {
  const { session, refresh, NetworkError } = await client();
  session.signedIn("old");
  handler = (request) => void request.socket.destroy();
  await expect(refresh()).rejects.toBeInstanceOf(NetworkError);
  expect(session.token()).toBe("old");
});
