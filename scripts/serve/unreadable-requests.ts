import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { serverTranslator } from "@/lib/i18n/server-translator";

const STATUS: Readonly<Record<string, 408 | 431>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
const REASON = { 400: "request_unreadable", 408: "request_slow", 431: "request_too_long" } as const;

/** Time that the other end has for taking the refusal, in milliseconds. */
const LAST_WORDS_MS = 2_000;

/**
 * Answers what never becomes a request: an address and headers that are longer than 16 KB (a question of thousands of
 * characters in the address), a request that does not arrive, bytes that are none. In the shape of every other refusal
 * (RFC 9457), in both languages, for what language is asked for is not known.
 */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (socket.writableEnded) {
    // The rest of what was refused already.
    return;
  }
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS[error.code ?? ""] ?? 400;
  const reason = REASON[status];
  const title = STATUS_CODES[status] ?? "";
  const detail = (["zh-CN", "en"] as const).map((locale) => serverTranslator(locale, "errors")(reason)).join(" ");
  const body = JSON.stringify({ type: "about:blank", title, status, reason, detail });
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    "content-type: application/problem+json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  // Cut at once, whoever is still writing would lose the answer; never cut, they could hold the line.
  const cut = setTimeout(() => socket.destroy(), LAST_WORDS_MS).unref();
  socket.once("close", () => clearTimeout(cut));
}
