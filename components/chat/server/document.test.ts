import { describe, expect, it } from "vitest";
import { type ChatDocumentInput, chatDocument } from "./document";

const input: ChatDocumentInput = {
  locale: "zh-CN",
  theme: null,
  embedded: false,
  nonce: "bm9uY2U=",
  assets: { scripts: ["/chat/client-A.js"], styles: ["/chat/chat-A.css"], preloads: ["/chat/chunk-A.js"] },
  uploadMaxBytes: 1_048_576,
  identity: null,
  channel: {
    id: "chn_1",
    name: "青禾校园商城",
    avatarUrl: null,
    accent: "#b8475f",
    welcome: "你好",
    quickQuestions: ["怎么退款？"],
    mailsTranscripts: false,
    typingPreview: false,
    voice: true,
    greeting: "",
    botEnabled: true,
  },
};

const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(1)>"'`;

describe("chatDocument", () => {
  it("can be read, typed into and tapped before any script", () => {
    const html = chatDocument(input);
    expect(html).toContain("你好");
    expect(html).toContain("<textarea");
    expect(html).toMatch(/<button[^>]*data-ask="怎么退款？"/);
    expect(html).toMatch(/<button[^>]*data-handoff/);
    expect(html).toContain('<html lang="zh-CN"');
  });

  it("runs nothing but what carries the nonce", () => {
    for (const [tag] of chatDocument(input).matchAll(/<(script|style)\b[^>]*>/g)) {
      expect(tag).toContain('nonce="bm9uY2U="');
    }
  });

  it("shows hostile names and texts as text, in the page and in its data", () => {
    const channel = { ...input.channel, name: HOSTILE, welcome: HOSTILE, quickQuestions: [HOSTILE] };
    const html = chatDocument({ ...input, channel: channel as NonNullable<ChatDocumentInput["channel"]> });
    expect(html).not.toContain("<script>alert(1)");
    expect(html).not.toContain("<img src=x");
    const data = /<script id="chat-data"[^>]*>(.*?)<\/script>/.exec(html)?.[1] ?? "";
    expect(JSON.parse(data).channel.name).toBe(HOSTILE);
  });

  it("makes a merchant's accent legible in both themes", () => {
    const html = chatDocument(input);
    expect(html).toMatch(/:root\{--accent:#[0-9a-f]{6}/);
    expect(html).toContain('[data-theme="dark"]');
  });

  it("says so when there is nobody to talk to", () => {
    const html = chatDocument({ ...input, channel: null });
    expect(html).toContain("这里暂时没有客服");
    expect(html).not.toContain("chat-data");
  });
});
