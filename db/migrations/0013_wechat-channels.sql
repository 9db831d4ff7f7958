CREATE TABLE "channel_tokens" (
	"channel_id" text NOT NULL,
	"name" text NOT NULL,
	"sealed_value" text,
	"expires_at" timestamp (3) with time zone,
	CONSTRAINT "channel_tokens_channel_id_name_pk" PRIMARY KEY("channel_id","name")
);
--> statement-breakpoint
CREATE TABLE "passive_replies" (
	"delivery_id" text PRIMARY KEY NOT NULL,
	"channel_id" text NOT NULL,
	"external_user_id" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"message_id" text,
	"attempts" integer DEFAULT 1 NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "delivery_error" text;--> statement-breakpoint
ALTER TABLE "channel_tokens" ADD CONSTRAINT "channel_tokens_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passive_replies" ADD CONSTRAINT "passive_replies_delivery_id_webhook_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."webhook_deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "passive_replies_open" ON "passive_replies" USING btree ("channel_id","external_user_id","expires_at") WHERE state = 'open';