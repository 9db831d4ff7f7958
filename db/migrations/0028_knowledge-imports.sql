CREATE TABLE "kb_import_items" (
	"import_id" text NOT NULL,
	"position" integer NOT NULL,
	"row" integer,
	"place" text DEFAULT '' NOT NULL,
	"collection" text DEFAULT '' NOT NULL,
	"external_id" text,
	"question" text DEFAULT '' NOT NULL,
	"content" jsonb,
	"plan" text NOT NULL,
	"choice" text,
	"entry_id" text,
	"matched_question" text,
	"confidence" real,
	"reason" text,
	"field" text,
	"outcome" text,
	CONSTRAINT "kb_import_items_import_id_position_pk" PRIMARY KEY("import_id","position")
);
--> statement-breakpoint
CREATE TABLE "kb_imports" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"source" text NOT NULL,
	"name" text NOT NULL,
	"storage_key" text,
	"collection" text,
	"options" jsonb NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"reason" text,
	"read" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"result" jsonb,
	"created_by" text,
	"created_by_name" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "kb_entries" ADD COLUMN "document" text;--> statement-breakpoint
ALTER TABLE "kb_entries" ADD COLUMN "source" jsonb;--> statement-breakpoint
ALTER TABLE "kb_import_items" ADD CONSTRAINT "kb_import_items_import_id_kb_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."kb_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_imports" ADD CONSTRAINT "kb_imports_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "kb_import_items_open" ON "kb_import_items" USING btree ("import_id","position") WHERE "kb_import_items"."outcome" is null;--> statement-breakpoint
CREATE INDEX "kb_imports_recent" ON "kb_imports" USING btree ("merchant_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "kb_entries_document" ON "kb_entries" USING btree ("merchant_id","document") WHERE "kb_entries"."document" is not null;