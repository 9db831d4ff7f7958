CREATE TYPE "public"."entry_audience" AS ENUM('everyone', 'customers', 'agents');--> statement-breakpoint
ALTER TYPE "public"."entry_status" ADD VALUE 'review';--> statement-breakpoint
ALTER TYPE "public"."entry_status" ADD VALUE 'archived';--> statement-breakpoint
CREATE TABLE "kb_shared_off" (
	"merchant_id" text NOT NULL,
	"collection_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "kb_shared_off_merchant_id_collection_id_pk" PRIMARY KEY("merchant_id","collection_id")
);
--> statement-breakpoint
CREATE TABLE "kb_versions" (
	"entry_id" text NOT NULL,
	"version" integer NOT NULL,
	"merchant_id" text NOT NULL,
	"status" "entry_status" NOT NULL,
	"pending" text,
	"content" jsonb NOT NULL,
	"author_id" text,
	"author_name" text,
	"restored_from" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "kb_versions_entry_id_version_pk" PRIMARY KEY("entry_id","version")
);
--> statement-breakpoint
DROP INDEX "kb_collections_name";--> statement-breakpoint
ALTER TABLE "kb_collections" ADD COLUMN "shared" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "kb_collections" ADD COLUMN "archived_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "kb_entries" ADD COLUMN "valid_from" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "kb_entries" ADD COLUMN "valid_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "kb_entries" ADD COLUMN "channel_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "kb_entries" ADD COLUMN "audience" "entry_audience" DEFAULT 'everyone' NOT NULL;--> statement-breakpoint
ALTER TABLE "kb_entries" ADD COLUMN "owner_id" text;--> statement-breakpoint
ALTER TABLE "kb_entries" ADD COLUMN "review_on" date;--> statement-breakpoint
ALTER TABLE "kb_entries" ADD COLUMN "file_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "kb_entries" ADD COLUMN "pending" jsonb;--> statement-breakpoint
ALTER TABLE "kb_shared_off" ADD CONSTRAINT "kb_shared_off_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_shared_off" ADD CONSTRAINT "kb_shared_off_collection_id_kb_collections_id_fk" FOREIGN KEY ("collection_id") REFERENCES "public"."kb_collections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_versions" ADD CONSTRAINT "kb_versions_entry_id_kb_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."kb_entries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_versions" ADD CONSTRAINT "kb_versions_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_entries" ADD CONSTRAINT "kb_entries_owner_id_memberships_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."memberships"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "kb_collections_shared" ON "kb_collections" USING btree ("id") WHERE "kb_collections"."shared";--> statement-breakpoint
CREATE INDEX "kb_entries_review_on" ON "kb_entries" USING btree ("merchant_id","review_on") WHERE "kb_entries"."review_on" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "kb_collections_name" ON "kb_collections" USING btree ("merchant_id","name") WHERE "kb_collections"."archived_at" is null;