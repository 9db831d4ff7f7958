CREATE TABLE "channel_feed_items" (
	"channel_id" text NOT NULL,
	"external_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "channel_feed_items_channel_id_external_id_pk" PRIMARY KEY("channel_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "channel_feeds" (
	"channel_id" text NOT NULL,
	"feed" text NOT NULL,
	"cursor" text,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "channel_feeds_channel_id_feed_pk" PRIMARY KEY("channel_id","feed")
);
--> statement-breakpoint
ALTER TABLE "channel_feed_items" ADD CONSTRAINT "channel_feed_items_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_feeds" ADD CONSTRAINT "channel_feeds_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "channel_feed_items_age" ON "channel_feed_items" USING btree ("created_at");