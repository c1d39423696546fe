import { currentI18n } from "@/shared/i18n/i18n";
import { ApiError, NetworkError, type ErrorBody } from "./errors";

const BASE = import.meta.env.VITE_API_BASE_URL ?? "";

export interface Outgoing {
  method: string;
  url: string;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  timeout?: number | undefined;
  keepalive?: boolean | undefined;
}

async function failure(response: Response): Promise<Error> {
  const body = (await response.json().catch(() => null)) as { error?: ErrorBody } | null;
  return body?.error ? new ApiError(response.status, body.error) : new NetworkError(`HTTP ${response.status}`);
}

/**
 * Sends one request and returns the successful response.
 * Raises ApiError when the server refuses, NetworkError when no usable answer comes in time.
 */
export async function send({ method, url, body, headers, signal, timeout = 15_000, keepalive = false }: Outgoing): Promise<Response> {
  const limit = AbortSignal.timeout(timeout);
  let response: Response;
  try {
    response = await fetch(BASE + url, {
      method,
      credentials: "include",
      keepalive,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      headers: {
        "Accept-Language": currentI18n().language,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new NetworkError("no answer", limit.aborted);
  }
  if (!response.ok) throw await failure(response);
  return response;
}
