import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { listChannelEvents } from "@/lib/channels/contracts";
import { lastPosition, selectEventsAfter } from "@/lib/channels/event-repository";
import { type ChannelMoment, hearMoments } from "@/lib/channels/moment-service";
import { getChannel } from "@/lib/channels/queries";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { spend } from "@/lib/platform/rate-limit/rate-limit";
import { authenticate } from "./authenticate";
import { baseContext } from "./base-context";
import { problemResponse } from "./problem-response";

/** How often the stream looks for new events, in milliseconds: the longest that one waits here. */
const LOOK_MS = 500;
/** Silence after which a comment is sent, so that proxies keep the line, in milliseconds. */
const SIGN_OF_LIFE_MS = 15_000;
/** A stream ends after this and is opened again by its reader, so that none outlives a revoked key for long. */
const LONGEST_MS = 10 * 60_000;
const BATCH = 100;
const OPENINGS_PER_MINUTE = 60;

const cursor = z.coerce.number().int().min(0);

/** Where to begin: after the last event the reader has (`Last-Event-ID`, or `?after=`), else with what comes now. */
async function startOf(context: Context, request: Request, channelId: string): Promise<number> {
  const given = request.headers.get("last-event-id") ?? new URL(request.url).searchParams.get("after");
  if (given === null) {
    return lastPosition(context.db, channelId);
  }
  const parsed = cursor.safeParse(given);
  if (!parsed.success) {
    throw new AppError("invalid", "invalid", { fields: [{ path: "after", reason: "invalid_format" }] });
  }
  return parsed.data;
}

/** Who reads: their request, held as long as the stream, for its signal tells of their end only while it lives. */
interface Reader {
  readonly request: Request;
  readonly signal: AbortSignal;
}

async function* eventsOf(context: Context, channelId: string, start: number, { request, signal }: Reader) {
  const end = Date.now() + LONGEST_MS;
  let after = start;
  let silentSince = Date.now();
  const moments: ChannelMoment[] = [];
  const hush = hearMoments(channelId, (moment) => moments.push(moment));
  signal.addEventListener("abort", hush);
  yield "retry: 2000\n\n";
  while (Date.now() < end && !signal.aborted && !request.signal.aborted) {
    const rows = await selectEventsAfter(context.db, channelId, after, BATCH);
    for (const row of rows) {
      after = row.position;
      yield `id: ${row.position}\nevent: ${row.type}\ndata: ${row.body}\n\n`;
    }
    // Without an id: a reader that comes back goes on after the last event that was kept.
    const told = moments.splice(0);
    for (const { type, body } of told) {
      yield `event: ${type}\ndata: ${body}\n\n`;
    }
    if (rows.length + told.length > 0) {
      silentSince = Date.now();
    } else if (Date.now() - silentSince > SIGN_OF_LIFE_MS) {
      silentSince = Date.now();
      yield ": here\n\n";
    }
    if (rows.length < BATCH) {
      await wait(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  hush();
}

/** @param end ends the chunks when nobody reads any more */
function streamOf(chunks: AsyncGenerator<string>, end: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(encoder.encode(value));
      }
    },
    cancel: end,
  });
}

/**
 * The events of a channel as they happen (server-sent events), each with its position as id: a reader that was cut off
 * goes on where it stopped, with nothing lost and nothing twice.
 */
export async function channelStream(request: Request, params: { readonly id: string }): Promise<Response> {
  const base = baseContext(request.headers);
  try {
    const actor = await authenticate(request, base.db, { ...listChannelEvents, audience: ["key"] }, base.now());
    const context = { ...base, actor } as Context<ActorOf<"key">>;
    spend(`${context.actor.keyId}:stream`, OPENINGS_PER_MINUTE);
    await getChannel(context, params.id);
    const start = await startOf(context, request, params.id);
    const reading = new AbortController();
    const signal = AbortSignal.any([request.signal, reading.signal]);
    const chunks = eventsOf(context, params.id, start, { request, signal });
    return new Response(
      streamOf(chunks, () => reading.abort()),
      {
        headers: {
          "content-type": "text/event-stream; charset=utf-8",
          "cache-control": "no-store",
          "x-accel-buffering": "no",
          "x-request-id": base.requestId,
        },
      },
    );
  } catch (error) {
    return problemResponse(error, { ...base, operation: "channelStream" });
  }
}
