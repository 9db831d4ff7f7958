/** The gaps between two steps of taking in and sending out, where a process may end (docs/testing.md). */
export const FAULT_POINTS = [
  "webhook.verified",
  "webhook.stored",
  "passive.slot_taken",
  "passive.reply_found",
  "passive.reply_marked",
  "ingest.begun",
  "ingest.customer_known",
  "ingest.files_kept",
  "ingest.message_stored",
  "ingest.event_stored",
  "ingest.all_stored",
  "ingest.request_released",
  "feed.page_fetched",
  "feed.page_stored",
  "feed.cursor_moved",
  "bot.answer_stored",
  "deliver.worded",
  "deliver.piece_noted",
  "deliver.piece_sent",
  "deliver.sent_noted",
  "event.kept",
  "event.posted",
  "event.noted",
  "farewell.sent",
  "farewell.noted",
  "session.ended",
] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];

/**
 * Stands in a gap between two steps. In the product it does nothing: tests bundle the programs with
 * lib/testing/killing-fault-point.ts in its place, which ends the process there as `kill -9` does.
 */
export function faultPoint(_name: FaultPoint): void {
  // Nothing happens here, on purpose.
}
