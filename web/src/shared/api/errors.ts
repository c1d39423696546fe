import type { Translate } from "@/shared/i18n/i18n";

export interface ErrorBody {
  code: string;
  message: string;
  details?: Record<string, unknown> | null;
  retry_after?: number | null;
  request_id?: string | null;
}

/** The server refused; `code` is one of the documented codes, `message` is in the user's language. */
export class ApiError extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(
    readonly status: number,
    body: ErrorBody,
  ) {
    super(body.message);
    this.code = body.code;
    this.details = body.details ?? {};
  }
}

/** No answer came: no connection, a time-out, or an answer that is not ours. */
export class NetworkError extends Error {
  constructor(
    message: string,
    readonly timedOut = false,
  ) {
    super(message);
  }
}

export function isUnauthorised(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

export function errorText(t: Translate, error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return t(error instanceof NetworkError ? "error.network" : "error.unexpected");
}

export function isNetworkError(error: unknown): error is NetworkError {
  return error instanceof NetworkError;
}

/** The request itself is wrong: sending it again cannot help. */
export function isInvalid(error: unknown): boolean {
  return error instanceof ApiError && error.status === 422;
}
