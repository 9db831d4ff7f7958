import { createHmac } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { eq } from "drizzle-orm";
import { connect } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { memberships, users } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import { rotateIdentitySecret } from "@/lib/channels/contracts";
import { postVisitorMessage, rateConversation, requestAgent, startSession } from "@/lib/conversations/chat-contracts";
import { claimConversation, postReply, resolveConversation, transferConversation } from "@/lib/conversations/contracts";
import { createQuickReply } from "@/lib/conversations/quick-reply-contracts";
import { updateCustomer } from "@/lib/customers/contracts";
import { createEntry } from "@/lib/knowledge/contracts";
import { createClient } from "@/lib/platform/http/client";
import { HOSTILE_NAME, HOSTILE_WORDS } from "./hostile-words";
import { databaseUrl, type OwnShop, openOwnShop } from "./own-shop";
import { PICTURE } from "./visitor-page";

const USER_ID = "\"><script>alert('user')</script>";
const QUESTION = "What do zebras of the savannah say to <img src=x onerror=alert(1)>?";

/** Words in as few messages as hold them. */
function messagesOf(words: readonly string[], size = 12): string[] {
  return Array.from({ length: Math.ceil(words.length / size) }, (_, index) =>
    words.slice(index * size, (index + 1) * size).join("\n"),
  );
}

/** A shop whose own names are hostile and whose bot answers; Lin is its administrator. */
export async function openHostileShop(): Promise<OwnShop> {
  const shop = await openOwnShop();
  const db = connect(databaseUrl(), 1);
  try {
    const [lin] = await db
      .update(users)
      .set({ name: `Lin ${HOSTILE_NAME}` })
      .where(eq(users.email, shop.lin.email))
      .returning({ id: users.id });
    await db
      .update(memberships)
      .set({ role: "admin" })
      .where(eq(memberships.userId, lin?.id ?? ""));
    await db
      .update(merchants)
      .set({ name: `Shop ${HOSTILE_NAME}` })
      .where(eq(merchants.id, shop.merchantId));
    await db
      .update(channels)
      .set({ name: HOSTILE_NAME, config: { botEnabled: true, welcome: { "zh-CN": HOSTILE_NAME, en: HOSTILE_NAME } } })
      .where(eq(channels.id, shop.channelId));
    return shop;
  } finally {
    await db.$client.end();
  }
}

export interface HostileConversation {
  readonly id: string;
  /** Where the visitor's browser finds the conversation again. */
  readonly chatAddress: string;
  /** Solves it and rates it, with hostile words. */
  finish(): Promise<void>;
}

/** Says hostile words through every field that an API has for them, as a visitor and as an agent. */
export async function speakHostile(
  shop: OwnShop,
  agentRequests: APIRequestContext,
  baseUrl: string,
): Promise<HostileConversation> {
  const asAgent = createClient({
    baseUrl,
    fetch: async (input, init) => {
      const response = await agentRequests.fetch(String(input), {
        method: init?.method ?? "GET",
        headers: { origin: baseUrl, "content-type": "application/json" },
        ...(init?.body && { data: String(init.body) }),
      });
      return new Response(await response.text(), { status: response.status() });
    },
  });
  let token = "";
  const asVisitor = createClient({ baseUrl, token: () => token });

  const { secret } = await asAgent(rotateIdentitySecret, { params: { id: shop.channelId } });
  const signature = createHmac("sha256", secret).update(USER_ID).digest("hex");
  for (const words of HOSTILE_WORDS) {
    const tag = words.slice(0, 40).trim();
    await asAgent(createEntry, {
      body: {
        question: words,
        answer: `${words}\n- ${words}\n**${words}**`,
        category: tag,
        tags: [tag],
        status: "published",
      },
    });
  }
  await asAgent(createEntry, { body: { question: QUESTION, answer: HOSTILE_WORDS.join("\n"), status: "published" } });
  await asAgent(createQuickReply, {
    body: { title: HOSTILE_NAME, text: HOSTILE_WORDS.slice(0, 30).join("\n"), folder: HOSTILE_NAME, personal: false },
  });

  const session = await asVisitor(startSession, {
    body: {
      channelId: shop.channelId,
      identity: { userId: USER_ID, signature, name: HOSTILE_NAME, email: HOSTILE_NAME },
    },
  });
  token = session.token;
  let count = 0;
  const say = (parts: readonly ({ type: "text"; text: string } | { type: "file"; fileId: string })[]) => {
    count += 1;
    return asVisitor(postVisitorMessage, {
      body: {
        clientId: `hostile-words-${count}`,
        parts: [...parts],
        context: { url: "javascript:alert(1)//https://x", title: HOSTILE_NAME, referrer: "javascript:alert(1)" },
      },
    });
  };
  const { conversation } = await say([{ type: "text", text: QUESTION }]);
  const byId = { params: { id: conversation.id } };
  await asVisitor(requestAgent, { body: { conversationId: conversation.id } });
  for (const text of messagesOf(HOSTILE_WORDS)) {
    await say([{ type: "text", text }]);
  }
  const form = new FormData();
  form.set("file", new Blob([PICTURE], { type: "image/png" }), `${HOSTILE_NAME}.png`);
  const headers = { authorization: `Bearer ${token}` };
  const upload = await fetch(`${baseUrl}/api/v1/chat/files`, { method: "POST", headers, body: form });
  await say([{ type: "file", fileId: ((await upload.json()) as { id: string }).id }]);

  await asAgent(claimConversation, byId);
  await asAgent(transferConversation, { ...byId, body: { to: { kind: "queue" }, note: HOSTILE_NAME } });
  await asAgent(claimConversation, byId);
  for (const [index, text] of messagesOf(HOSTILE_WORDS, 40).entries()) {
    for (const visibility of ["internal", "public"] as const) {
      const clientId = `hostile-${visibility}-${index}`;
      await asAgent(postReply, { ...byId, body: { clientId, visibility, parts: [{ type: "text", text }] } });
    }
  }
  await asAgent(updateCustomer, {
    params: { id: session.visitor.customerId },
    body: {
      note: HOSTILE_WORDS.join("\n").slice(0, 4_900),
      city: HOSTILE_NAME,
      phone: "javascript:alert(1)",
      tags: [...new Set(HOSTILE_WORDS.map((words) => words.slice(0, 40).trim()))].slice(0, 30),
    },
  });
  const query = new URLSearchParams({ channel: shop.channelId, user_id: USER_ID, signature, name: HOSTILE_NAME });
  return {
    id: conversation.id,
    chatAddress: `/chat?${query}`,
    finish: async () => {
      await asAgent(resolveConversation, byId);
      const comment = HOSTILE_WORDS.join("\n").slice(0, 1_000);
      await asVisitor(rateConversation, { ...byId, body: { stars: 1, tags: [HOSTILE_NAME], comment } });
    },
  };
}
