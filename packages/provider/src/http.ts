import { concat } from "@symbolon/base/bytes";

/** What is needed of `fetch`: the global one, or undici's with a certificate authority of ours. */
export type Fetch = (url: string, request: HttpRequest) => Promise<HttpReply>;

export interface HttpRequest {
  readonly method: "GET" | "PUT" | "POST";
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly redirect: "error";
  readonly signal: AbortSignal;
}

export interface HttpReply {
  readonly status: number;
  readonly body: {
    getReader(): {
      read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
      cancel(): Promise<unknown>;
    };
  } | null;
}

/** Time and patience, passed in. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** Statuses that say "not now" rather than "no". */
const PASSING = new Set([408, 425, 429, 502, 503, 504]);

/** Whether a reply is worth another attempt. */
export const isPassing = (status: number): boolean => PASSING.has(status);

/** The body as text, or `undefined` if it is longer than `max` bytes or not UTF-8. */
export async function bodyText(reply: HttpReply, max: number): Promise<string | undefined> {
  if (reply.body === null) return "";
  const reader = reply.body.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (value === undefined) continue;
    pieces.push(value);
    size += value.length;
    if (size > max) {
      await reader.cancel();
      return undefined;
    }
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(concat(...pieces));
  } catch {
    return undefined;
  }
}

/** How long to wait after the first, second, … attempt: doubling, at most 20 seconds. */
export const backoffMs = (attempt: number): number => Math.min(20_000, 250 * 2 ** attempt);
