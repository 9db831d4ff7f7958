import { startHttpStub } from "../http-stub";

/** What a group robot posted to its group. */
export interface RobotPost {
  readonly msgtype: string;
  readonly content: string;
  readonly mentioned: readonly string[];
}

const MINUTE_MS = 60_000;
const PER_MINUTE = 20;
const TEXT_BYTES = 2_048;
const MARKDOWN_BYTES = 4_096;

const refused = (errcode: number, errmsg: string) => ({
  errcode,
  errmsg: `${errmsg}, hint: [1645025097593810238423219], from ip: 127.0.0.1`,
});

/** A real server on 127.0.0.1 that keeps the rules of WeCom's group robots (fact sheet 2.13). */
export async function startRobotStub(key: string, now: () => number = Date.now) {
  const posts: RobotPost[] = [];
  let times: number[] = [];

  function take(url: URL, raw: string): unknown {
    if (url.pathname !== "/cgi-bin/webhook/send" || url.searchParams.get("key") !== key) {
      return refused(93000, "invalid webhook url");
    }
    times = times.filter((at) => now() - at < MINUTE_MS);
    if (times.length >= PER_MINUTE) {
      return refused(45009, "api freq out of limit");
    }
    const body = JSON.parse(raw) as Record<string, { content?: string; mentioned_list?: string[] } | string>;
    const msgtype = String(body["msgtype"]);
    const part = body[msgtype];
    const content = typeof part === "object" ? (part.content ?? "") : "";
    if (!["text", "markdown"].includes(msgtype)) {
      return refused(40008, "invalid message type");
    }
    if (content === "") {
      return refused(44004, "text content is empty");
    }
    if (Buffer.byteLength(content) > (msgtype === "text" ? TEXT_BYTES : MARKDOWN_BYTES)) {
      return refused(40058, "content exceed max length");
    }
    times.push(now());
    posts.push({ msgtype, content, mentioned: (typeof part === "object" && part.mentioned_list) || [] });
    return { errcode: 0, errmsg: "ok" };
  }

  const server = await startHttpStub((request, raw, response) => {
    response.setHeader("content-type", "application/json; charset=UTF-8");
    response.end(JSON.stringify(take(new URL(request.url ?? "/", "http://stub"), raw)));
  });
  return { url: server.url, stop: server.stop, posts };
}
