"use client";

import { MarkedText } from "@/components/ui/marked-text";
import { useEntryNames } from "./entry-names";

/** An answer with its light formatting; a picture that is not among its files is shown by its words. */
export function AnswerMarkup({ text }: { text: string }) {
  const { files } = useEntryNames();
  return (
    <MarkedText
      text={text}
      picture={({ fileId, text: words }) => {
        const file = files.find(({ id }) => id === fileId);
        return file ? (
          // biome-ignore lint/performance/noImgElement: a signed address of our own file route
          <img src={file.url} alt={words} className="my-1 max-h-80 max-w-full rounded-sm border border-line" />
        ) : (
          <span className="text-ink-subtle">{words}</span>
        );
      }}
    />
  );
}
