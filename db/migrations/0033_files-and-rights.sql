ALTER TABLE "files" ADD COLUMN "unused_since" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "files_unused" ON "files" USING btree ("unused_since") WHERE "files"."unused_since" is not null;--> statement-breakpoint
-- Whatever comes to show a file keeps it, in the same transaction: ids are found in the columns that the trigger names.
CREATE FUNCTION keep_files() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE files SET unused_since = NULL WHERE unused_since IS NOT NULL AND id IN (
    SELECT shown.id[1] FROM unnest(TG_ARGV) AS watched(name),
      regexp_matches(to_jsonb(NEW) ->> watched.name, 'fil_[0-9a-hjkmnp-tv-z]{26}', 'g') AS shown(id));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER messages_keep_files AFTER INSERT ON messages FOR EACH ROW
  WHEN (jsonb_path_exists(NEW.parts, '$.**.fileId')) EXECUTE FUNCTION keep_files('parts');
--> statement-breakpoint
CREATE TRIGGER users_keep_files AFTER INSERT OR UPDATE OF avatar_file_id ON users FOR EACH ROW
  WHEN (NEW.avatar_file_id IS NOT NULL) EXECUTE FUNCTION keep_files('avatar_file_id');
--> statement-breakpoint
CREATE TRIGGER customers_keep_files AFTER INSERT OR UPDATE OF avatar_file_id ON customers FOR EACH ROW
  WHEN (NEW.avatar_file_id IS NOT NULL) EXECUTE FUNCTION keep_files('avatar_file_id');
--> statement-breakpoint
CREATE TRIGGER entries_keep_files AFTER INSERT OR UPDATE OF answer, file_ids, pending ON kb_entries FOR EACH ROW
  WHEN (cardinality(NEW.file_ids) > 0 OR NEW.answer LIKE '%fil\_%' OR NEW.pending IS NOT NULL)
  EXECUTE FUNCTION keep_files('answer', 'file_ids', 'pending');
--> statement-breakpoint
CREATE TRIGGER settings_keep_files AFTER INSERT OR UPDATE OF value ON settings FOR EACH ROW
  WHEN (NEW.value::text LIKE '%fil\_%') EXECUTE FUNCTION keep_files('value');
--> statement-breakpoint
CREATE TRIGGER merchants_keep_files AFTER INSERT OR UPDATE OF branding ON merchants FOR EACH ROW
  WHEN (NEW.branding::text LIKE '%fil\_%') EXECUTE FUNCTION keep_files('branding');
--> statement-breakpoint
-- Every process that remembers who somebody is hears when that ends (lib/platform/database/revocation-listener.ts).
CREATE FUNCTION tell_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('yingda_revoked', '');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER api_keys_revoked AFTER UPDATE ON api_keys FOR EACH ROW
  WHEN (NEW.revoked_at IS DISTINCT FROM OLD.revoked_at OR NEW.scopes IS DISTINCT FROM OLD.scopes)
  EXECUTE FUNCTION tell_revoked();
--> statement-breakpoint
CREATE TRIGGER api_keys_removed AFTER DELETE ON api_keys FOR EACH ROW EXECUTE FUNCTION tell_revoked();
--> statement-breakpoint
CREATE TRIGGER users_revoked AFTER UPDATE ON users FOR EACH ROW
  WHEN (NEW.session_version <> OLD.session_version OR NEW.disabled <> OLD.disabled OR NEW.name <> OLD.name)
  EXECUTE FUNCTION tell_revoked();
--> statement-breakpoint
CREATE TRIGGER memberships_revoked AFTER UPDATE ON memberships FOR EACH ROW
  WHEN (NEW.disabled <> OLD.disabled OR NEW.role <> OLD.role OR NEW.visiting <> OLD.visiting)
  EXECUTE FUNCTION tell_revoked();
--> statement-breakpoint
CREATE TRIGGER memberships_removed AFTER DELETE ON memberships FOR EACH ROW EXECUTE FUNCTION tell_revoked();
--> statement-breakpoint
CREATE TRIGGER merchants_revoked AFTER UPDATE ON merchants FOR EACH ROW
  WHEN (NEW.suspended_at IS DISTINCT FROM OLD.suspended_at OR NEW.kind <> OLD.kind) EXECUTE FUNCTION tell_revoked();
