import type { paths } from "./schema";

export type Path = keyof paths;
export type Method<P extends Path> = Exclude<keyof paths[P], "parameters"> & string;

type Json<T> = T extends { content: { "application/json": infer Body } } ? Body : undefined;
type Success<R> = R extends { 200: infer A } ? A : R extends { 201: infer A } ? A : R extends { 202: infer A } ? A : undefined;

/** What a successful call of the operation answers; `undefined` for 204. */
export type Answer<P extends Path, M extends Method<P>> = paths[P][M] extends { responses: infer R }
  ? Json<Success<R>>
  : never;

type Part<O, K extends string> = O extends { parameters: infer Parameters }
  ? Parameters extends { [Key in K]?: infer Value }
    ? Exclude<Value, undefined>
    : never
  : never;

type BodyOf<O> = O extends { requestBody?: infer Body } ? Json<Exclude<Body, undefined>> : never;

type Given<K extends string, T> = [T] extends [never] ? unknown : [T] extends [undefined] ? unknown : { [Key in K]: T };
type Maybe<K extends string, T> = [T] extends [never] ? unknown : { [Key in K]?: T };

/** What the operation is called with: path parameters, query, body. */
export type Call<P extends Path, M extends Method<P>> = Given<"path", Part<paths[P][M], "path">> &
  Maybe<"query", Part<paths[P][M], "query">> &
  Given<"body", BodyOf<paths[P][M]>>;

export interface Options {
  signal?: AbortSignal;
  /** Time-out in milliseconds. */
  timeout?: number;
  /** A repeat of a POST with the same key has no second effect. */
  idempotencyKey?: string;
  /** Sent to its end even when the page is left meanwhile; for small bodies. */
  keepalive?: boolean;
}
