"use client";

import { type Block, type Inline, parseMarkup } from "@/lib/core/light-markup";
import { useEntryNames } from "./entry-names";

/** A picture of the answer; its words where it is not among the files. */
function Picture({ fileId, text }: { fileId: string; text: string }) {
  const file = useEntryNames().files.find(({ id }) => id === fileId);
  return file ? (
    // biome-ignore lint/performance/noImgElement: a signed address of our own file route
    <img src={file.url} alt={text} className="my-1 max-h-80 max-w-full rounded-sm border border-line" />
  ) : (
    <span className="text-ink-subtle">{text}</span>
  );
}

function Piece({ piece }: { piece: Inline }) {
  switch (piece.kind) {
    case "image":
      return <Picture fileId={piece.fileId} text={piece.text} />;
    case "bold":
      return <strong className="font-semibold">{piece.text}</strong>;
    case "code":
      return <code className="rounded-xs bg-sunken px-1 font-mono text-[0.9em]">{piece.text}</code>;
    case "link":
      return (
        <a
          href={piece.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="text-accent-ink underline underline-offset-2"
        >
          {piece.text}
        </a>
      );
    default:
      return piece.text;
  }
}

// The pieces of a text have no identity but their place, and are drawn anew as a whole.
const numbered = <Item,>(items: readonly Item[]) => items.map((item, index) => ({ key: `${index}`, item }));

function Line({ pieces }: { pieces: readonly Inline[] }) {
  return numbered(pieces).map(({ key, item }) => <Piece key={key} piece={item} />);
}

function BlockView({ block }: { block: Block }) {
  if (block.kind === "heading") {
    return (
      <p className={block.level <= 2 ? "mt-1 font-semibold text-base" : "font-semibold"}>
        <Line pieces={block.line} />
      </p>
    );
  }
  if (block.kind === "paragraph") {
    return (
      <p>
        {numbered(block.lines).map(({ key, item }, index) => (
          <span key={key}>
            {index > 0 ? <br /> : null}
            <Line pieces={item} />
          </span>
        ))}
      </p>
    );
  }
  const List = block.ordered ? "ol" : "ul";
  return (
    <List className={block.ordered ? "list-decimal pl-5" : "list-disc pl-5"}>
      {numbered(block.items).map(({ key, item }) => (
        <li key={key}>
          <Line pieces={item} />
        </li>
      ))}
    </List>
  );
}

/** An answer with its light formatting, as elements. */
export function AnswerMarkup({ text }: { text: string }) {
  return (
    <div className="flex flex-col gap-2">
      {numbered(parseMarkup(text)).map(({ key, item }) => (
        <BlockView key={key} block={item} />
      ))}
    </div>
  );
}
