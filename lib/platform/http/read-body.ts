import { AppError } from "@/lib/core/errors";

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

/** The body as JSON. @throws AppError unsupported_type when it is not declared as JSON; invalid `invalid_json` */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  // A form or text/plain body needs no preflight: asking for application/json keeps other sites out (T45).
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new AppError("unsupported_type", "unsupported_type");
  }
  const bytes = await readBody(request, limit);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError("invalid", "invalid_json", { cause });
  }
}
