ALTER TABLE "customers" ADD COLUMN "avatar_file_id" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "avatar_source" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "profile_read_at" timestamp (3) with time zone;