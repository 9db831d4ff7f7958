CREATE TABLE "kb_embedders" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"base_url" text NOT NULL,
	"model" text NOT NULL,
	"dimensions" integer,
	"batch_size" integer NOT NULL,
	"price" double precision DEFAULT 0 NOT NULL,
	"currency" text DEFAULT 'CNY' NOT NULL,
	"secret" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"model_key" text NOT NULL,
	"calibration" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	"retired_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kb_embedding_usage" (
	"merchant_id" text NOT NULL,
	"day" date NOT NULL,
	"calls" integer DEFAULT 0 NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"tokens" bigint DEFAULT 0 NOT NULL,
	"cost_micros" bigint DEFAULT 0 NOT NULL,
	"total_ms" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "kb_embedding_usage_merchant_id_day_pk" PRIMARY KEY("merchant_id","day")
);
--> statement-breakpoint
CREATE TABLE "kb_vector_indexes" (
	"merchant_id" text NOT NULL,
	"embedder_id" text NOT NULL,
	"state" text NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"reason" text,
	"detail" text DEFAULT '' NOT NULL,
	"run_started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"run_done_from" integer DEFAULT 0 NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "kb_vector_indexes_merchant_id_embedder_id_pk" PRIMARY KEY("merchant_id","embedder_id")
);
--> statement-breakpoint
ALTER TABLE "kb_embedders" ADD CONSTRAINT "kb_embedders_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_embedding_usage" ADD CONSTRAINT "kb_embedding_usage_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_vector_indexes" ADD CONSTRAINT "kb_vector_indexes_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kb_vector_indexes" ADD CONSTRAINT "kb_vector_indexes_embedder_id_kb_embedders_id_fk" FOREIGN KEY ("embedder_id") REFERENCES "public"."kb_embedders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "kb_embedders_current" ON "kb_embedders" USING btree ("merchant_id") WHERE "kb_embedders"."retired_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "kb_vector_indexes_active" ON "kb_vector_indexes" USING btree ("merchant_id") WHERE "kb_vector_indexes"."state" = 'active';--> statement-breakpoint
CREATE INDEX "kb_vector_indexes_embedder" ON "kb_vector_indexes" USING btree ("embedder_id");