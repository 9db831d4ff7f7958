CREATE INDEX "automation_runs_rule" ON "automation_runs" USING btree ("automation_id","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "bot_votes_by_answer" ON "bot_votes" USING btree ("merchant_id","helpful","updated_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "kb_entries_category" ON "kb_entries" USING btree ("merchant_id","category");--> statement-breakpoint
CREATE INDEX "audit_log_by_action" ON "audit_log" USING btree ("merchant_id","action","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_log_by_actorid" ON "audit_log" USING btree ("merchant_id","actor_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_log_by_actorname" ON "audit_log" USING btree ("merchant_id","actor_name","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_log_by_targetid" ON "audit_log" USING btree ("merchant_id","target_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
-- What the console's search looks through. A function of its own, because an index takes none that depends on settings.
CREATE FUNCTION entry_text(question text, variants text[], answer text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN question || ' ' || array_to_string(variants, ' ') || ' ' || answer;
--> statement-breakpoint
-- Pairs of neighbouring characters, in lower case: whatever holds some words holds all their pairs, in any language.
CREATE FUNCTION pairs_of(said text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT coalesce(array_agg(DISTINCT pair), '{}') FROM (
  SELECT mark || lead(mark) OVER (ORDER BY place) AS pair
  FROM unnest(string_to_array(lower(said), NULL)) WITH ORDINALITY AS marks(mark, place)) AS pairs WHERE pair IS NOT NULL);
--> statement-breakpoint
CREATE INDEX kb_entries_pairs ON kb_entries USING gin (pairs_of(entry_text(question, variants, answer)));
