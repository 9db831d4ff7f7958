import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import type { MessagePart } from "@/lib/conversations/schema";
import { messageFixture } from "../testing/message-fixture";
import { type Chat, ChatContext } from "./chat-context";
import { MessagePartView } from "./message-parts";

const chat = { t: (key: string) => key, data: { locale: "en" }, store: null } as unknown as Chat;

function shown(part: MessagePart): string {
  const message = messageFixture({ seq: 1, parts: [part] });
  const view = h(MessagePartView, { part, message, active: true });
  return renderToString(h(ChatContext.Provider, { value: chat, children: view }));
}

describe("parts of a message in the visitor's chat", () => {
  const card = { type: "card", title: "Blue <b>lamp</b>", description: "In stock" } as const;

  it("a card leads to its page", () => {
    const html = shown({ ...card, url: "https://shop.example/lamp" });
    expect(html).toContain('href="https://shop.example/lamp"');
    expect(html).toContain("Blue &lt;b>lamp");
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "//evil.example"])("a card leads nowhere by %s", (url) => {
    expect(shown({ ...card, url })).not.toContain("href");
  });

  it("a message of fixed wording is its words", () => {
    const part = {
      type: "template",
      templateId: "t",
      kind: "template",
      title: "T",
      text: "已发货",
      fields: {},
    } as const;
    expect(shown(part)).toContain("已发货");
  });

  it("sound that cannot be played here is a file that says so", () => {
    const html = shown({ type: "file", fileId: "f", name: "a.amr", mime: "audio/amr", size: 900, url: "/api/files/f" });
    expect(html).toContain('href="/api/files/f"');
    expect(html).toContain("voice.onlyDownload");
  });
});
