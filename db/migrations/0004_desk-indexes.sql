DROP INDEX "conversations_merchant_status_recent";--> statement-breakpoint
DROP INDEX "messages_tokens";--> statement-breakpoint
CREATE INDEX "conversations_open_recent" ON "conversations" USING btree ("merchant_id","listed_at" DESC NULLS FIRST,"id" DESC NULLS FIRST) WHERE status in ('bot', 'queued', 'assigned', 'snoozed', 'offline');--> statement-breakpoint
CREATE INDEX "messages_merchant_words" ON "messages" USING gin (array_append("tokens", "merchant_id"));--> statement-breakpoint
CREATE INDEX "messages_merchant_recent" ON "messages" USING btree ("merchant_id","created_at" DESC NULLS FIRST);