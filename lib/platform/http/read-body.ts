import { AppError } from "@/lib/core/errors";
import { storable } from "@/lib/core/text";

/**
 * The whole body, at most `limit` bytes: a longer one is refused while it arrives, not after it filled the memory.
 *
 * @throws AppError too_large
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > limit) {
    throw new AppError("too_large", "too_large");
  }
  const reader = request.body?.getReader();
  if (!reader) {
    return new Uint8Array();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return Buffer.concat(chunks);
    }
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw new AppError("too_large", "too_large");
    }
    chunks.push(value);
  }
}

/** Escapes that stand for what no database stores: NUL, and halves of a surrogate pair. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

function storableValue(_key: string, value: unknown): unknown {
  return typeof value === "string" ? storable(value) : value;
}

/** The body as JSON, its texts without what no database stores (T58). @throws AppError unsupported_type when it is not declared as JSON; invalid `invalid_json` */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  // A form or text/plain body needs no preflight: asking for application/json keeps other sites out (T45).
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new AppError("unsupported_type", "unsupported_type");
  }
  const bytes = await readBody(request, limit);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return JSON.parse(text, UNSTORABLE.test(text) ? storableValue : undefined);
  } catch (cause) {
    throw new AppError("invalid", "invalid_json", { cause });
  }
}
