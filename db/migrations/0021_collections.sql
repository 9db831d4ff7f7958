CREATE TABLE "kb_collections" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "kb_entries_external";--> statement-breakpoint
ALTER TABLE "kb_entries" ADD COLUMN "collection_id" text;--> statement-breakpoint
ALTER TABLE "kb_collections" ADD CONSTRAINT "kb_collections_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "kb_collections_name" ON "kb_collections" USING btree ("merchant_id","name");--> statement-breakpoint
ALTER TABLE "kb_entries" ADD CONSTRAINT "kb_entries_collection_id_kb_collections_id_fk" FOREIGN KEY ("collection_id") REFERENCES "public"."kb_collections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "kb_entries_collection_external" ON "kb_entries" USING btree ("merchant_id",coalesce("collection_id", ''),"external_id");--> statement-breakpoint
CREATE INDEX "kb_entries_collection" ON "kb_entries" USING btree ("collection_id","id");