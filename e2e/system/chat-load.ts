import { Client } from "pg";
import { listVisitorMessages, postVisitorMessage, startSession } from "@/lib/conversations/chat-contracts";
import type { RunningApp } from "./running-app";

/** One visitor who keeps sending, over plain HTTP as the chat page does, and remembers what was acknowledged. */
export interface Sender {
  readonly acknowledged: Map<string, number>;
  /** Answers that are neither success nor one of those that a client tries again. */
  readonly unexpected: string[];
  stop(): Promise<void>;
}

interface Visitor {
  readonly token: string;
  conversationId: string | undefined;
}

/** The demo shop's first web channel. */
export async function webChannelId(app: RunningApp): Promise<string> {
  const client = new Client({ connectionString: app.databaseUrl() });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      "select id from channels where type = 'web' order by id limit 1",
    );
    return rows[0]?.id ?? "";
  } finally {
    await client.end();
  }
}

/** Sessions of as many visitors. */
export async function startVisitors(app: RunningApp, count: number): Promise<Visitor[]> {
  const channelId = await webChannelId(app);
  return await Promise.all(
    Array.from({ length: count }, async () => {
      const response = await fetch(`${app.url}${startSession.path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ channelId, locale: "zh-CN" }),
      });
      return { token: startSession.result.parse(await response.json()).token, conversationId: undefined };
    }),
  );
}

/** Sends one message after the other until stopped; a failed one is sent again with the same clientId. */
export function keepSending(app: RunningApp, visitor: Visitor, name: string): Sender {
  const acknowledged = new Map<string, number>();
  const unexpected: string[] = [];
  let stopped = false;
  const work = (async () => {
    for (let number = 0; !stopped; number += 1) {
      const clientId = `${name}-message-${number}`;
      const seq = await sendUntilAnswered(app, visitor, clientId, unexpected, () => stopped);
      if (seq !== undefined) {
        acknowledged.set(clientId, seq);
      }
    }
  })();
  return {
    acknowledged,
    unexpected,
    stop: async () => {
      stopped = true;
      await work;
    },
  };
}

/** What a client tries again: no connection, too many requests, the server or the database away for a moment. */
const passing = new Set([0, 429, 502, 503]);

async function sendUntilAnswered(
  app: RunningApp,
  visitor: Visitor,
  clientId: string,
  unexpected: string[],
  isStopped: () => boolean,
): Promise<number | undefined> {
  while (!isStopped()) {
    const response = await post(app, visitor, clientId);
    if (response?.status === 201) {
      const { message } = postVisitorMessage.result.parse(await response.json());
      visitor.conversationId = message.conversationId;
      return message.seq;
    }
    if (!passing.has(response?.status ?? 0)) {
      unexpected.push(`${response?.status} ${(await response?.text())?.slice(0, 200)}`);
      return undefined;
    }
    await pause(response?.status === 429 ? 500 : 30);
  }
  return undefined;
}

function post(app: RunningApp, visitor: Visitor, clientId: string): Promise<Response | undefined> {
  return fetch(`${app.url}${postVisitorMessage.path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${visitor.token}` },
    body: JSON.stringify({ clientId, parts: [{ type: "text", text: clientId }] }),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((continueLater) => setTimeout(continueLater, milliseconds));
}

/** All messages of the visitor's conversation, as the visitor's page fetches a gap: page after page by seq. */
export async function fetchAll(app: RunningApp, visitor: Visitor) {
  const found: { seq: number; clientId: string | null }[] = [];
  for (let hasMore = visitor.conversationId !== undefined; hasMore; ) {
    const path = listVisitorMessages.path.replace("{id}", visitor.conversationId ?? "");
    const address = `${app.url}${path}?limit=200&afterSeq=${found.at(-1)?.seq ?? 0}`;
    const response = await fetch(address, { headers: { authorization: `Bearer ${visitor.token}` } });
    const page = listVisitorMessages.result.parse(await response.json());
    found.push(...page.items);
    hasMore = page.hasMore && page.items.length > 0;
  }
  return found;
}

/** What is wrong with the stored messages, given the acknowledged ones: nothing lost, nothing twice, no hole. */
export function differences(sender: Sender, stored: readonly { seq: number; clientId: string | null }[]): string[] {
  const problems: string[] = [...sender.unexpected];
  const places = new Map<string, number[]>();
  for (const { clientId, seq } of stored.filter((message) => message.clientId !== null)) {
    places.set(clientId ?? "", [...(places.get(clientId ?? "") ?? []), seq]);
  }
  for (const [clientId, seq] of sender.acknowledged) {
    const found = places.get(clientId) ?? [];
    if (found.length !== 1 || found[0] !== seq) {
      problems.push(`${clientId} acknowledged as ${seq}, stored as ${found.join(",") || "nothing"}`);
    }
  }
  for (const [index, { seq }] of stored.entries()) {
    if (seq !== index + 1) {
      problems.push(`seq ${seq} stands at place ${index + 1}`);
      break;
    }
  }
  return problems;
}
