CREATE TABLE "bot_channel_rules" (
	"channel_id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"rules" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bot_intents" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"name" text NOT NULL,
	"examples" text[] DEFAULT '{}' NOT NULL,
	"action" text DEFAULT 'answer' NOT NULL,
	"priority" integer,
	"skill" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bot_suggestions" (
	"id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"conversation_id" text,
	"message_id" text NOT NULL,
	"question" text NOT NULL,
	"answer" text NOT NULL,
	"fingerprint" text NOT NULL,
	"language" text NOT NULL,
	"status" text DEFAULT 'candidate' NOT NULL,
	"uses" integer DEFAULT 1 NOT NULL,
	"stars" integer,
	"entry_id" text,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bot_votes" (
	"message_id" text PRIMARY KEY NOT NULL,
	"merchant_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"entry_id" text,
	"helpful" boolean NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "topic" text;--> statement-breakpoint
ALTER TABLE "kb_gaps" ADD COLUMN "group_id" text;--> statement-breakpoint
ALTER TABLE "kb_gaps" ADD COLUMN "closed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "kb_gaps" ADD COLUMN "closed_by" text;--> statement-breakpoint
ALTER TABLE "bot_channel_rules" ADD CONSTRAINT "bot_channel_rules_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bot_channel_rules" ADD CONSTRAINT "bot_channel_rules_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bot_intents" ADD CONSTRAINT "bot_intents_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bot_suggestions" ADD CONSTRAINT "bot_suggestions_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bot_suggestions" ADD CONSTRAINT "bot_suggestions_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bot_votes" ADD CONSTRAINT "bot_votes_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bot_votes" ADD CONSTRAINT "bot_votes_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bot_votes" ADD CONSTRAINT "bot_votes_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bot_intents_name" ON "bot_intents" USING btree ("merchant_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "bot_suggestions_fingerprint" ON "bot_suggestions" USING btree ("merchant_id","fingerprint");--> statement-breakpoint
CREATE INDEX "bot_suggestions_status" ON "bot_suggestions" USING btree ("merchant_id","status","updated_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "bot_votes_recent" ON "bot_votes" USING btree ("merchant_id","updated_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "bot_votes_conversation" ON "bot_votes" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "kb_gaps_recent" ON "kb_gaps" USING btree ("merchant_id","last_asked_at" DESC NULLS FIRST);