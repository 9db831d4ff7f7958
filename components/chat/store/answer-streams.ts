import type { RealtimeEvents } from "@/lib/events/realtime";
import type { AnswerStream } from "./chat-state";

/** An answer without a new piece for so long was abandoned, in milliseconds. */
export const STREAM_PATIENCE_MS = 30_000;

/** Adds one piece; pieces may come twice or out of order. */
export function withDelta(
  streams: readonly AnswerStream[],
  delta: RealtimeEvents["answer.delta"],
  now: number,
): readonly AnswerStream[] {
  const known = streams.find((stream) => stream.answerId === delta.answerId);
  const pieces = [...(known?.pieces ?? [])];
  pieces[delta.index] = delta.text;
  const next = { conversationId: delta.conversationId, answerId: delta.answerId, pieces, at: now };
  return known ? streams.map((stream) => (stream === known ? next : stream)) : [...streams, next];
}

/** The text that can be shown: everything before the first missing piece. */
export function streamedText(stream: AnswerStream): string {
  const hole = stream.pieces.indexOf(undefined);
  return stream.pieces.slice(0, hole < 0 ? undefined : hole).join("");
}

/** Drops what is finished (its message is here) or abandoned. */
export function withoutFinished(
  streams: readonly AnswerStream[],
  clientIds: ReadonlySet<string | null>,
  now: number,
): readonly AnswerStream[] {
  const rest = streams.filter((stream) => !clientIds.has(stream.answerId) && now - stream.at < STREAM_PATIENCE_MS);
  return rest.length === streams.length ? streams : rest;
}
