CREATE TABLE "metric_days" (
	"merchant_id" text NOT NULL,
	"channel_id" text NOT NULL,
	"agent_id" text NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"label" text DEFAULT '' NOT NULL,
	"count" integer NOT NULL,
	"total" double precision NOT NULL,
	"spread" "bytea",
	"hours" integer[],
	CONSTRAINT "metric_days_merchant_id_channel_id_agent_id_day_kind_label_pk" PRIMARY KEY("merchant_id","channel_id","agent_id","day","kind","label")
);
--> statement-breakpoint
CREATE TABLE "metric_days_done" (
	"merchant_id" text NOT NULL,
	"day" date NOT NULL,
	"zone" text NOT NULL,
	CONSTRAINT "metric_days_done_merchant_id_day_pk" PRIMARY KEY("merchant_id","day")
);
--> statement-breakpoint
ALTER TABLE "metric_facts" ADD COLUMN "business_value" double precision;--> statement-breakpoint
ALTER TABLE "metric_days" ADD CONSTRAINT "metric_days_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metric_days_done" ADD CONSTRAINT "metric_days_done_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "metric_days_agents" ON "metric_days" USING btree ("merchant_id","channel_id","day") WHERE agent_id not in ('*', '');