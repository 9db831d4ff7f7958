CREATE TABLE "channel_templates" (
	"channel_id" text NOT NULL,
	"template_id" text NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"content" text NOT NULL,
	"fields" jsonb NOT NULL,
	"offered" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "channel_templates_channel_id_template_id_pk" PRIMARY KEY("channel_id","template_id")
);
--> statement-breakpoint
CREATE TABLE "reply_windows" (
	"identity_id" text NOT NULL,
	"scene" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"remaining" integer NOT NULL,
	CONSTRAINT "reply_windows_identity_id_scene_pk" PRIMARY KEY("identity_id","scene")
);
--> statement-breakpoint
CREATE TABLE "template_consents" (
	"identity_id" text NOT NULL,
	"template_id" text NOT NULL,
	"accepted" boolean NOT NULL,
	"remaining" integer DEFAULT 0 NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "template_consents_identity_id_template_id_pk" PRIMARY KEY("identity_id","template_id")
);
--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "passive_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "customer_identities" ADD COLUMN "union_id" text;--> statement-breakpoint
ALTER TABLE "customer_identities" ADD COLUMN "profiled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "channel_templates" ADD CONSTRAINT "channel_templates_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reply_windows" ADD CONSTRAINT "reply_windows_identity_id_customer_identities_id_fk" FOREIGN KEY ("identity_id") REFERENCES "public"."customer_identities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_consents" ADD CONSTRAINT "template_consents_identity_id_customer_identities_id_fk" FOREIGN KEY ("identity_id") REFERENCES "public"."customer_identities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customer_identities_union" ON "customer_identities" USING btree ("merchant_id","union_id") WHERE union_id is not null;