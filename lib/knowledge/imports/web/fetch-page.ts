import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { AppError } from "@/lib/core/errors";
import { guardedFetch } from "@/lib/platform/http/guarded-fetch";
import { canonicalAddress } from "./address";

/** What sites read about us in their logs and name in robots.txt. */
export const USER_AGENT = "YingdaBot";
/** Longest time for one answer, all of it. Milliseconds (reliability T56). */
const ANSWER_MAX_MS = 5_000;
/** A page that is longer, unpacked, is no page. */
const PAGE_MAX_BYTES = 10 * 1024 * 1024;
const REDIRECTS_MAX = 5;

const UNPACK: Readonly<Record<string, (body: Uint8Array) => Promise<Uint8Array>>> = {
  gzip: (body) => promisify(gunzip)(body, { maxOutputLength: PAGE_MAX_BYTES }),
  deflate: (body) => promisify(inflate)(body, { maxOutputLength: PAGE_MAX_BYTES }),
  br: (body) => promisify(brotliDecompress)(body, { maxOutputLength: PAGE_MAX_BYTES }),
};

export interface FetchedPage {
  /** Where it was found in the end. */
  readonly address: string;
  readonly status: number;
  readonly body: Uint8Array;
  /** Without its parameters, in lower case. */
  readonly type: string;
  readonly charset: string | undefined;
}

/** Words for what went wrong on the way. */
function problemOf(error: unknown): AppError {
  const { code, name, message } = error as { code?: string; name?: string; message?: string };
  if (AppError.is(error)) {
    return error;
  }
  if (code === "EACCES") {
    return new AppError("invalid", "import_address_refused", { cause: error });
  }
  if (name === "TimeoutError" || name === "AbortError") {
    return new AppError("unavailable", "import_page_slow", { cause: error });
  }
  if (code === "ERR_BUFFER_TOO_LARGE" || /too large/.test(message ?? "")) {
    return new AppError("too_large", "import_page_too_large", { cause: error });
  }
  return new AppError("unavailable", "import_unreachable", { cause: error });
}

async function bodyOf(response: Response): Promise<Uint8Array> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const encoding = (response.headers.get("content-encoding") ?? "").trim().toLowerCase();
  const unpack = UNPACK[encoding];
  return unpack ? unpack(bytes) : bytes;
}

/** A `.gz` file that is sent as what it is, not as how it travels. */
export function unpackGzip(body: Uint8Array): Promise<Uint8Array> {
  return (UNPACK["gzip"]?.(body) ?? Promise.resolve(body)).catch((error: unknown) => {
    throw problemOf(error);
  });
}

/**
 * Fetches one address that a person typed or a page named. Every hop of a redirect goes through the guard that refuses
 * private networks, and may be looked at by the caller.
 *
 * @param allowed asked before each hop after the first; false ends with `import_other_site`
 * @param signal ends the wait when the import is cancelled
 * @throws AppError with the reason in words; an answer of 4xx or 5xx is no failure here
 */
export async function fetchPage(
  address: string,
  allowed: (address: string) => boolean | Promise<boolean>,
  signal?: AbortSignal,
): Promise<FetchedPage> {
  const deadline = AbortSignal.timeout(ANSWER_MAX_MS);
  const seen = new Set<string>();
  let current = address;
  try {
    for (;;) {
      const response = await guardedFetch(current, {
        signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
        headers: {
          "user-agent": `Mozilla/5.0 (compatible; ${USER_AGENT}/1.0)`,
          accept: "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.8,*/*;q=0.5",
          "accept-encoding": "gzip, deflate, br",
          "accept-language": "zh-CN,zh;q=0.9,en;q=0.8",
        },
      });
      const location = response.headers.get("location");
      if (response.status >= 300 && response.status < 400 && location) {
        seen.add(current);
        const next = canonicalAddress(URL.parse(location, current) ?? "");
        if (!next) {
          throw new AppError("invalid", "import_address_refused");
        }
        if (seen.has(next) || seen.size > REDIRECTS_MAX) {
          throw new AppError("invalid", "import_redirects");
        }
        if (!(await allowed(next))) {
          throw new AppError("invalid", "import_other_site");
        }
        current = next;
        continue;
      }
      const type = response.headers.get("content-type") ?? "";
      return {
        address: current,
        status: response.status,
        body: await bodyOf(response),
        type: type.split(";")[0]?.trim().toLowerCase() ?? "",
        charset: /charset\s*=\s*"?([\w-]+)/i.exec(type)?.[1],
      };
    }
  } catch (error) {
    throw problemOf(error);
  }
}
