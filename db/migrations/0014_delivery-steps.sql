ALTER TABLE "passive_replies" ADD COLUMN "text" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "delivery_step" integer DEFAULT 0 NOT NULL;