CREATE TABLE "kb_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "kb_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"merchant_id" text NOT NULL,
	"entry_id" text NOT NULL,
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "kb_changes_merchant_transaction" ON "kb_changes" USING btree ("merchant_id","transaction");--> statement-breakpoint
CREATE FUNCTION kb_entries_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO kb_changes (merchant_id, entry_id) VALUES (OLD.merchant_id, OLD.id);
  ELSE
    INSERT INTO kb_changes (merchant_id, entry_id) VALUES (NEW.merchant_id, NEW.id);
  END IF;
  RETURN NULL;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER kb_entries_changed AFTER INSERT OR DELETE ON kb_entries
  FOR EACH ROW EXECUTE FUNCTION kb_entries_note_change();
--> statement-breakpoint
CREATE TRIGGER kb_entries_updated AFTER UPDATE ON kb_entries
  FOR EACH ROW WHEN (OLD.used_count = NEW.used_count) EXECUTE FUNCTION kb_entries_note_change();
