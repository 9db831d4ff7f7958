DROP INDEX "messages_conversation_client";--> statement-breakpoint
DROP INDEX "messages_conversation_external";--> statement-breakpoint
CREATE UNIQUE INDEX "messages_conversation_client" ON "messages" USING btree ("conversation_id","client_id") WHERE client_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "messages_conversation_external" ON "messages" USING btree ("conversation_id","external_id") WHERE external_id is not null;--> statement-breakpoint
-- A busy conversation's row changes with every message. Room on its page and an early vacuum keep the row and its index
-- entries from being found among thousands of dead ones.
ALTER TABLE "conversations" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
