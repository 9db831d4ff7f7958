"use client";

import type { VectorSearch } from "@/lib/knowledge/embeddings/schema";
import { EmbedderForm } from "./embedder-form";
import { isIndexing, useVectorSearch } from "./use-vector-search";
import { VectorStatus } from "./vector-status";

/** Search by meaning: what it uses now, and the service that it is to use. */
export function VectorSearchPanel({ initial, mayWrite }: { initial: VectorSearch; mayWrite: boolean }) {
  const { current, busy, show, control, remove } = useVectorSearch(initial);
  return (
    <div className="flex max-w-4xl flex-col gap-3">
      <VectorStatus
        current={current}
        indexing={isIndexing(current)}
        busy={busy}
        onControl={mayWrite ? (action) => void control(action) : undefined}
      />
      {mayWrite ? (
        <EmbedderForm
          // A service that was removed leaves an empty form.
          key={current.own === null ? "none" : "own"}
          current={current}
          onSaved={show}
          onRemove={() => void remove()}
        />
      ) : null}
    </div>
  );
}
