ALTER TABLE "conversations" ADD COLUMN "handed_to_id" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "handed_from_id" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "origin_identity_id" text;--> statement-breakpoint
CREATE INDEX "conversations_origin" ON "conversations" USING btree ("origin_identity_id") WHERE origin_identity_id is not null;