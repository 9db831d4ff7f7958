import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

/** An elliptic curve point (65 bytes) and a secret (16 bytes), in base64url, as browsers hand them out. */
const browserKeys = z.object({
  p256dh: z.string().regex(/^[A-Za-z0-9_-]{87}=?$/),
  auth: z.string().regex(/^[A-Za-z0-9_-]{22}={0,2}$/),
});
const subscription = z.object({ endpoint: z.url().max(1_000), keys: browserKeys });
const address = z.object({ endpoint: z.string().min(1).max(1_000) });
const done = z.object({ ok: z.literal(true) });

export const getPushKey = defineContract({
  name: "getPushKey",
  summary: "The public key with which a browser subscribes to pushes of this installation",
  tag: "Chat",
  method: "GET",
  path: "/api/v1/push/key",
  audience: ["public"],
  result: z.object({ publicKey: z.string() }),
  perMinute: 120,
});

export const subscribeVisitor = defineContract({
  name: "subscribeVisitor",
  summary: "Tell this browser of replies while the chat is closed",
  tag: "Chat",
  method: "POST",
  path: "/api/v1/chat/push-subscriptions",
  audience: ["visitor"],
  body: subscription,
  result: done,
  status: 201,
  perMinute: 20,
});

export const unsubscribeVisitor = defineContract({
  name: "unsubscribeVisitor",
  summary: "Tell this browser no more",
  tag: "Chat",
  method: "POST",
  path: "/api/v1/chat/push-subscriptions/remove",
  audience: ["visitor"],
  body: address,
  result: done,
});

export const subscribeAgent = defineContract({
  name: "subscribeAgent",
  summary: "Tell this browser of the caller's notifications while no desk of theirs is open",
  tag: "Identity",
  method: "POST",
  path: "/api/v1/me/push-subscriptions",
  audience: ["agent"],
  body: subscription,
  result: done,
  status: 201,
  perMinute: 20,
});

export const unsubscribeAgent = defineContract({
  name: "unsubscribeAgent",
  summary: "Tell this browser no more",
  tag: "Identity",
  method: "POST",
  path: "/api/v1/me/push-subscriptions/remove",
  audience: ["agent"],
  body: address,
  result: done,
});
