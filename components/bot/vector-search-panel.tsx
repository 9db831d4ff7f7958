"use client";

import { useRef } from "react";
import type { VectorSearch } from "@/lib/knowledge/embeddings/schema";
import { EmbedderForm } from "./embedder-form";
import { isIndexing, useVectorSearch } from "./use-vector-search";
import { VectorStatus } from "./vector-status";

/** Search by meaning: what it uses now, and the service that it is to use. */
export function VectorSearchPanel({ initial, mayWrite }: { initial: VectorSearch; mayWrite: boolean }) {
  const { current, busy, show, control, remove } = useVectorSearch(initial);
  const status = useRef<HTMLDivElement>(null);
  return (
    <div className="flex max-w-4xl flex-col gap-3">
      <div ref={status} className="scroll-mt-16">
        <VectorStatus
          current={current}
          indexing={isIndexing(current)}
          busy={busy}
          onControl={mayWrite ? (action) => void control(action) : undefined}
        />
      </div>
      {mayWrite ? (
        <EmbedderForm
          // A service that was removed leaves an empty form.
          key={current.own === null ? "none" : "own"}
          current={current}
          onSaved={(now) => {
            show(now);
            // On a phone, what saving has begun would be out of sight.
            status.current?.scrollIntoView({ block: "nearest" });
          }}
          onRemove={() => void remove()}
        />
      ) : null}
    </div>
  );
}
