CREATE SEQUENCE "public"."webhook_delivery_positions" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "lane" text;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "position" bigint;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_unread" ON "webhook_deliveries" USING btree ("lane","position") WHERE processed_at is null and lane is not null;