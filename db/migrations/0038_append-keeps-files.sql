DROP TRIGGER messages_keep_files ON messages;--> statement-breakpoint
CREATE OR REPLACE FUNCTION append_message(
  p_conversation_id text,
  p_merchant_id text,
  p_customer_id text,
  p_assignee_id text,
  p_allowed_statuses text[],
  p_message_id text,
  p_author_kind author_kind,
  p_author_id text,
  p_visibility visibility,
  p_parts jsonb,
  p_text text,
  p_preview text,
  p_tokens text[],
  p_client_id text,
  p_external_id text,
  p_delivery delivery_state,
  p_now timestamptz,
  p_fact text,
  p_jobs jsonb
) RETURNS TABLE (outcome text, message jsonb, conversation jsonb, event_id bigint) LANGUAGE plpgsql AS $$
DECLARE
  thread conversations%ROWTYPE;
  stored messages%ROWTYPE;
  fact_id bigint;
  job jsonb;
  delivers boolean := false;
BEGIN
  SELECT * INTO thread FROM conversations WHERE id = p_conversation_id FOR UPDATE;
  IF NOT FOUND OR thread.merchant_id <> p_merchant_id
     OR (p_customer_id IS NOT NULL AND thread.customer_id <> p_customer_id) THEN
    RETURN QUERY SELECT 'missing', NULL::jsonb, NULL::jsonb, NULL::bigint;
    RETURN;
  END IF;

  -- The lock above makes this check safe: nobody else can store the same client_id in this conversation meanwhile.
  IF p_client_id IS NOT NULL THEN
    SELECT * INTO stored FROM messages WHERE conversation_id = p_conversation_id AND client_id = p_client_id;
  END IF;
  IF stored.id IS NULL AND p_external_id IS NOT NULL THEN
    SELECT * INTO stored FROM messages WHERE conversation_id = p_conversation_id AND external_id = p_external_id;
  END IF;
  IF stored.id IS NOT NULL THEN
    RETURN QUERY SELECT 'duplicate', to_jsonb(stored), to_jsonb(thread), NULL::bigint;
    RETURN;
  END IF;

  IF NOT (thread.status::text = ANY (p_allowed_statuses))
     OR (p_assignee_id IS NOT NULL AND thread.assignee_id IS DISTINCT FROM p_assignee_id) THEN
    RETURN QUERY SELECT 'refused', NULL::jsonb, to_jsonb(thread), NULL::bigint;
    RETURN;
  END IF;

  thread.last_seq := thread.last_seq + 1;
  thread.revision := thread.revision + 1;
  IF p_visibility = 'public' AND p_author_kind <> 'system' THEN
    thread.last_message_at := p_now;
    -- Moved in steps of ten seconds: between them no indexed column changes and the update stays cheap.
    IF p_now > thread.listed_at + interval '10 seconds' THEN
      thread.listed_at := p_now;
    END IF;
    thread.last_message_preview := p_preview;
    thread.last_message_author := p_author_kind;
    IF p_author_kind = 'visitor' THEN
      thread.unread_count := thread.unread_count + 1;
      thread.waiting_since := coalesce(thread.waiting_since, p_now);
    ELSE
      thread.waiting_since := NULL;
      IF p_author_kind = 'agent' THEN
        thread.first_reply_at := coalesce(thread.first_reply_at, p_now);
        thread.accepted_at := coalesce(thread.accepted_at, p_now);
        thread.unread_count := 0;
        thread.agent_read_seq := thread.last_seq;
      END IF;
    END IF;
  END IF;
  UPDATE conversations SET
    last_seq = thread.last_seq, revision = thread.revision, last_message_at = thread.last_message_at,
    listed_at = thread.listed_at,
    last_message_preview = thread.last_message_preview, last_message_author = thread.last_message_author,
    unread_count = thread.unread_count, waiting_since = thread.waiting_since,
    first_reply_at = thread.first_reply_at, agent_read_seq = thread.agent_read_seq, accepted_at = thread.accepted_at
  WHERE id = p_conversation_id;

  -- Replies on channels other than the web go out through their adapter, by a job.
  IF p_visibility = 'public' AND p_author_kind IN ('agent', 'bot') THEN
    SELECT type <> 'web' INTO delivers FROM channels WHERE id = thread.channel_id;
  END IF;

  INSERT INTO messages (id, conversation_id, merchant_id, seq, author_kind, author_id, visibility, parts, text, tokens,
                        client_id, external_id, delivery, created_at)
  VALUES (p_message_id, p_conversation_id, p_merchant_id, thread.last_seq, p_author_kind, p_author_id, p_visibility,
          p_parts, p_text, p_tokens, p_client_id, p_external_id, CASE WHEN delivers THEN 'queued' ELSE p_delivery END, p_now)
  RETURNING * INTO stored;
  -- What comes to show a file keeps it, in the same transaction. Here and not in a trigger: preparing a trigger's condition
  -- for every message cost a seventh of this function.
  IF jsonb_path_exists(p_parts, '$.**.fileId') THEN
    UPDATE files SET unused_since = NULL WHERE unused_since IS NOT NULL AND id IN (
      SELECT shown.id #>> '{}' FROM jsonb_path_query(p_parts, '$.**.fileId') AS shown(id));
  END IF;
  stored.tokens := '{}';

  INSERT INTO domain_events (type, merchant_id, conversation_id, payload, occurred_at)
  VALUES (p_fact, p_merchant_id, p_conversation_id,
          jsonb_build_object('conversationId', p_conversation_id, 'messageId', p_message_id, 'seq', thread.last_seq,
                             'status', thread.status, 'authorKind', p_author_kind, 'visibility', p_visibility),
          p_now)
  RETURNING id INTO fact_id;

  FOR job IN SELECT * FROM jsonb_array_elements(p_jobs) LOOP
    IF (job ->> 'status' IS NULL OR job ->> 'status' = thread.status::text)
       AND (job ->> 'delivering' IS NULL OR delivers)
       -- A job that only rules want is queued only where a rule waits for this fact.
       AND (job ->> 'watched' IS NULL OR EXISTS (
         SELECT 1 FROM automations a WHERE a.merchant_id = p_merchant_id AND a.event = p_fact AND a.enabled)) THEN
      PERFORM graphile_worker.add_job(
        identifier => job ->> 'name',
        payload => CASE WHEN job ->> 'watched' IS NULL THEN (job -> 'payload')::json
                        ELSE ((job -> 'payload') || jsonb_build_object('eventId', fact_id))::json END,
        queue_name => job ->> 'lane',
        run_at => CASE WHEN job ->> 'delay' IS NULL THEN NULL
                       ELSE clock_timestamp() + make_interval(secs => (job ->> 'delay')::double precision) END,
        job_key => job ->> 'key');
    END IF;
  END LOOP;

  RETURN QUERY SELECT 'created', to_jsonb(stored), to_jsonb(thread), fact_id;
END;
$$;
