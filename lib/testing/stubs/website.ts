import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { startHttpStub } from "./http-stub";

export interface StubPage {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is sent; a function writes what it likes, as slowly as it likes. */
  readonly body?: string | Uint8Array | ((response: ServerResponse) => void);
}

export interface Website {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** `127.0.0.1:port`, for OUTGOING_ALLOW_HOSTS. */
  readonly host: string;
  /** Paths with their queries, in the order they were asked for. */
  readonly asked: string[];
  /** Pages by path with query; a function is asked for the others. */
  readonly pages: Map<string, StubPage>;
  other: (path: string) => StubPage | undefined;
  stop(): Promise<void>;
}

/** A page with a heading, a sentence, links. */
export function htmlPage(title: string, text: string, links: readonly string[] = [], head = ""): StubPage {
  const shown = links.map((link) => `<p>${text}更多见 <a href="${link}">这里</a>。</p>`).join("");
  return {
    headers: { "content-type": "text/html; charset=utf-8" },
    body: `<!doctype html><html lang="zh"><head><title>${title} - 清禾</title>${head}</head><body><nav><a href="/">首页</a></nav><main><h1>${title}</h1><p>${text}</p>${shown}</main></body></html>`,
  };
}

/** A body that never ends. */
export function endless(response: ServerResponse): void {
  const more = (): void => {
    while (!response.destroyed && response.write("x".repeat(64 * 1024))) {
      // Until the other side has had enough.
    }
  };
  response.on("drain", more);
  response.on("error", () => undefined);
  more();
}

/** 200 MB of nothing in 200 KB. */
export const gzipBomb = (): Uint8Array => gzipSync(Buffer.alloc(200 * 1024 * 1024));

/** A website on 127.0.0.1, good or bad. */
export async function startWebsite(): Promise<Website> {
  const asked: string[] = [];
  const pages = new Map<string, StubPage>();
  const site: Pick<Website, "other"> = { other: () => undefined };
  const stub = await startHttpStub((request, _body, response) => {
    const path = request.url ?? "/";
    asked.push(path);
    const page = pages.get(path) ?? site.other(path) ?? { status: 404, body: "not here" };
    response.writeHead(page.status ?? 200, page.headers ?? {});
    if (typeof page.body === "function") {
      page.body(response);
    } else {
      response.end(page.body ?? "");
    }
  });
  return Object.assign(site, { url: stub.url, host: new URL(stub.url).host, asked, pages, stop: () => stub.stop() });
}
