"use client";

import { type KeyboardEvent, useId, useMemo, useState } from "react";
import type { Agent } from "@/lib/identity/schema";
import { useColleagues } from "../use-colleagues";
import { filterColleagues, mentionQuery } from "./mention-text";
import { useSuggestionKeys } from "./suggestion-list";
import type { ComposerState } from "./use-composer";

export interface MentionChoice {
  readonly id: string;
  readonly open: boolean;
  readonly status: "loading" | "ready" | "failed";
  readonly shown: readonly Agent[];
  readonly active: number;
  readonly pick: (agent: Agent) => void;
  readonly follow: (caret: number) => void;
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** Whom the `@` in an internal note may call. */
export function useMentionMenu(composer: ComposerState): MentionChoice {
  const id = useId();
  const [caret, setCaret] = useState(0);
  const [closedFor, setClosedFor] = useState<string>();
  const looked = composer.note ? mentionQuery(composer.text, caret) : undefined;
  const open = looked !== undefined && closedFor !== composer.text;
  const { agents } = useColleagues(open);
  const query = looked?.query ?? "";
  const shown = useMemo(() => (Array.isArray(agents) ? filterColleagues(agents, query) : []), [agents, query]);

  function pick(agent: Agent): void {
    composer.mention(agent, looked?.from);
    keys.reset();
  }
  const keys = useSuggestionKeys(open, shown, pick, () => setClosedFor(composer.text));
  const status = agents === undefined ? "loading" : agents === "failed" ? "failed" : "ready";
  return { id, open, status, shown, active: keys.active, pick, follow: setCaret, onKey: keys.onKey };
}
