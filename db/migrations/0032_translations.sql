ALTER TABLE "conversations" ADD COLUMN "translation_off" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "translations" jsonb;