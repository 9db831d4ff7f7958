CREATE TABLE "kb_vectors" (
	"merchant_id" text NOT NULL,
	"model" text NOT NULL,
	"text_hash" text NOT NULL,
	"vector" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "kb_vectors_merchant_id_model_text_hash_pk" PRIMARY KEY("merchant_id","model","text_hash")
);
--> statement-breakpoint
ALTER TABLE "kb_vectors" ADD CONSTRAINT "kb_vectors_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE cascade ON UPDATE no action;