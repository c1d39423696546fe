import { refresh } from "@/shared/auth/refresh";
import { token } from "@/shared/auth/session";
import { isUnauthorised, NetworkError } from "./errors";
import type { Answer, Call, Method, Options, Path } from "./paths";
import { send, type Outgoing } from "./transport";

interface AnyCall extends Options {
  path?: Record<string, string | number>;
  query?: Record<string, unknown>;
  body?: unknown;
}

export function buildUrl(template: string, path: AnyCall["path"] = {}, query: AnyCall["query"] = {}): string {
  const url = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const search = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return search ? `${url}?${search}` : url;
}

function authorised(outgoing: Outgoing): Outgoing {
  const current = token();
  if (!current) return outgoing;
  return { ...outgoing, headers: { ...outgoing.headers, Authorization: `Bearer ${current}` } };
}

/** Sends with the access token; on 401 refreshes it once, then sends again. */
export async function sendAuthorised(outgoing: Outgoing): Promise<Response> {
  try {
    return await send(authorised(outgoing));
  } catch (error) {
    if (!isUnauthorised(error) || !token() || !(await refresh())) throw error;
    return send(authorised(outgoing));
  }
}

async function sendIdempotent(outgoing: Outgoing): Promise<Response> {
  try {
    return await sendAuthorised(outgoing);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return sendAuthorised(outgoing);
  }
}

/** One call of the API, typed by its OpenAPI document. Raises ApiError or NetworkError. */
export async function call<P extends Path, M extends Method<P>>(
  method: M,
  path: P,
  parts: Call<P, M> & Options,
): Promise<Answer<P, M>> {
  const { path: values, query, body, signal, timeout, idempotencyKey, keepalive } = parts as AnyCall;
  const outgoing: Outgoing = { method: method.toUpperCase(), url: buildUrl(path, values, query), body, signal, timeout, keepalive };
  const response = idempotencyKey
    ? await sendIdempotent({ ...outgoing, headers: { "Idempotency-Key": idempotencyKey } })
    : await sendAuthorised(outgoing);
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as Answer<P, M>;
}
