import { startHttpStub } from "./http-stub";

export interface QingyunkeServer {
  readonly baseUrl: string;
  /** What was said to it. */
  readonly said: readonly string[];
  /** The next answers' bodies, as they are. */
  behave(body: string): void;
  stop(): Promise<void>;
}

/** The free chat service on 127.0.0.1: any body, always 200, always called a web page. */
export async function startQingyunkeServer(): Promise<QingyunkeServer> {
  let answer = "";
  const said: string[] = [];
  const stub = await startHttpStub((request, _, response) => {
    said.push(new URL(request.url ?? "", "http://stub").searchParams.get("msg") ?? "");
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(answer);
  });
  return {
    baseUrl: `${stub.url}/api.php`,
    said,
    behave(body) {
      answer = body;
    },
    stop: stub.stop,
  };
}
