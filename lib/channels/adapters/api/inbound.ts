import { z } from "zod";
import {
  type AdapterContext,
  ChannelError,
  type Inbound,
  type InboundMedia,
  mediaAt,
  type RawRequest,
} from "../../adapter";
import type { ApiConfig } from "./schema";

const MAX_FILES = 10;

const file = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  name: z.string().trim().min(1).max(200).optional(),
});

const userId = z.string().min(1).max(128);

const message = z
  .object({
    id: z.string().min(1).max(128),
    user_id: userId,
    text: z.string().max(5_000).default(""),
    files: z.array(file).max(MAX_FILES).default([]),
    user_name: z.string().max(80).optional(),
  })
  .refine(({ text, files }) => text !== "" || files.length > 0);

/** What became of a reply on the integrator's side. */
const delivery = z.object({
  type: z.literal("message.delivery"),
  user_id: userId,
  message_id: z.string().min(1).max(60),
  state: z.enum(["delivered", "failed"]),
});

/** A user is typing, or no longer. */
const typing = z.object({
  type: z.literal("typing"),
  user_id: userId,
  on: z.boolean(),
  text: z.string().max(5_000).optional(),
});

type Read =
  | { readonly kind: "message"; readonly data: z.infer<typeof message> }
  | { readonly kind: "delivery"; readonly data: z.infer<typeof delivery> }
  | { readonly kind: "typing"; readonly data: z.infer<typeof typing> };

/** What a webhook's body says; undefined for what is none of ours. */
export function readBody(request: RawRequest): Read | undefined {
  try {
    const body: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(request.body));
    const told = delivery.safeParse(body);
    if (told.success) {
      return { kind: "delivery", data: told.data };
    }
    const types = typing.safeParse(body);
    if (types.success) {
      return { kind: "typing", data: types.data };
    }
    const said = message.safeParse(body);
    return said.data && { kind: "message", data: said.data };
  } catch {
    return undefined;
  }
}

/** Messages and receipts of a webhook. Never throws. */
export function readItems(request: RawRequest, now: Date): readonly Inbound[] {
  const read = readBody(request);
  if (!read || read.kind === "typing") {
    return [{ kind: "ignored", reason: "not a message" }];
  }
  if (read.kind === "delivery") {
    const { user_id: externalUserId, message_id: externalId, state } = read.data;
    return [{ kind: "receipt", externalUserId, externalId, state, ...(state === "failed" && { reason: "rejected" }) }];
  }
  const { id, user_id: externalUserId, text, files, user_name: userName } = read.data;
  const media = files.map(({ url, name }) => mediaAt(url, name));
  return [
    {
      kind: "message",
      externalUserId,
      externalId: id,
      text,
      ...(media.length > 0 && { media }),
      ...(userName && { userName }),
      at: now,
    },
  ];
}

/** Fetches a file of the app, through the guard against private networks. @throws ChannelError */
export async function fetchFile({ reference }: InboundMedia, context: AdapterContext<ApiConfig>): Promise<Uint8Array> {
  const response = await context
    .fetch(reference, { redirect: "error", signal: context.signal })
    .catch((error: unknown) => {
      const code = error instanceof Error && "code" in error ? String(error.code) : "error";
      const isFinal = code === "EACCES" || code === "EFBIG";
      throw new ChannelError(isFinal ? "rejected" : "transient", `file not reached: ${code}`);
    });
  if (!response.ok) {
    const isTransient = response.status >= 500 || response.status === 429 || response.status === 408;
    throw new ChannelError(isTransient ? "transient" : "rejected", `file answered ${response.status}`);
  }
  return new Uint8Array(await response.arrayBuffer());
}
