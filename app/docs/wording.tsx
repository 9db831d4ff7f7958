import { Fragment, type ReactNode } from "react";

/** As much of a next-intl translator as texts of the reference need: keys come from the document, not from the code. */
interface Lookup {
  (key: never): string;
  has(key: never): boolean;
}

/** The translation of a key that the document brought along; what the document itself says when there is none. */
export function worded(translate: Lookup, key: string, otherwise: string): string {
  return translate.has(key as never) ? translate(key as never) : otherwise;
}

/** A group's name in the reader's language. */
export function tagName(translate: Lookup, slug: string, tag: string): string {
  return worded(translate, slug, tag);
}

/** A sentence in which `backticks` mark code. */
export function CodedText({ children }: { children: string }): ReactNode {
  return children.split("`").map((piece, index) => {
    const key = `${index}:${piece}`;
    return index % 2 === 1 ? (
      <code key={key} className="rounded-xs bg-sunken px-1 py-0.5 font-mono text-[0.92em] text-ink">
        {piece}
      </code>
    ) : (
      <Fragment key={key}>{piece}</Fragment>
    );
  });
}
