import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/pagination";
import { defineContract } from "@/lib/platform/http/contract";
import { conversationStatus } from "./schema";

const base = { id: z.string(), at: z.iso.datetime() };
const placed = { ...base, conversationId: z.string() };

/** One thing that happened between a merchant and a customer, on whichever channel. */
export const timelineItem = z.discriminatedUnion("kind", [
  z.object({
    ...placed,
    kind: z.literal("conversation"),
    status: conversationStatus,
    channel: z.object({ type: z.string(), name: z.string() }),
    preview: z.string(),
    /** Who has it, or had it last. */
    agent: z.string().nullable(),
    /** The page that they wrote from. */
    page: z.object({ url: z.string(), title: z.string() }).nullable(),
  }),
  /** An internal note. */
  z.object({
    ...placed,
    kind: z.literal("note"),
    seq: z.number().int(),
    text: z.string(),
    agent: z.string().nullable(),
  }),
  /** What the customer did on their platform: a key of `desk.notice` with its values. */
  z.object({
    ...placed,
    kind: z.literal("event"),
    seq: z.number().int(),
    key: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  z.object({
    ...placed,
    kind: z.literal("rating"),
    stars: z.number().int(),
    tags: z.array(z.string()),
    comment: z.string().nullable(),
  }),
  z.object({
    ...base,
    kind: z.literal("tags"),
    added: z.array(z.string()),
    removed: z.array(z.string()),
    agent: z.string().nullable(),
  }),
  /** Two profiles of theirs became one, or they were blocked. */
  z.object({ ...base, kind: z.enum(["merged", "blocked"]), agent: z.string().nullable() }),
]);
export type TimelineItem = z.infer<typeof timelineItem>;

export const customerTimeline = defineContract({
  name: "customerTimeline",
  summary:
    "All that happened with a customer over all channels, newest first: conversations, notes, ratings, events, tags",
  tag: "Customers",
  method: "GET",
  path: "/api/v1/customers/{id}/timeline",
  audience: ["agent", "key"],
  permission: "customers.read",
  params: z.object({ id: z.string().max(40) }),
  query: pageQuery,
  result: pageOf(timelineItem),
});
