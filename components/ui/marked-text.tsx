import type { ReactNode } from "react";
import { type Block, type Inline, type Line, parseMarkup } from "@/lib/core/light-markup";

/** Shows a picture of the text; where there is none, its words stand for it. */
export type PictureOf = (picture: { readonly fileId: string; readonly text: string }) => ReactNode;

// The pieces of a text have no identity but their place, and are drawn anew as a whole.
const numbered = <Item,>(items: readonly Item[]) => items.map((item, index) => ({ key: `${index}`, item }));

/** The pieces of one line, as elements. */
export function MarkedLine({ pieces, picture }: { pieces: Line; picture?: PictureOf | undefined }) {
  const pieceOf = (key: string, piece: Inline) => {
    switch (piece.kind) {
      case "image":
        return <span key={key}>{picture ? picture(piece) : piece.text}</span>;
      case "bold":
        return <strong key={key}>{piece.text}</strong>;
      case "code":
        return (
          <code key={key} className="rounded-xs border border-line px-1 font-mono text-[0.9em]">
            {piece.text}
          </code>
        );
      case "link":
        return (
          <a
            key={key}
            href={piece.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="underline underline-offset-2"
          >
            {piece.text}
          </a>
        );
      default:
        return <span key={key}>{piece.text}</span>;
    }
  };
  return numbered(pieces).map(({ key, item }) => pieceOf(key, item));
}

type TableBlock = Extract<Block, { kind: "table" }>;

function MarkedTable({ head, rows, picture }: Pick<TableBlock, "head" | "rows"> & { picture?: PictureOf | undefined }) {
  const cell = "min-w-18 border border-line px-2 py-1 text-left align-top";
  return (
    // Reached by the keyboard: a wide table is moved within its frame.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
    <div className="max-w-full overflow-x-auto" tabIndex={0}>
      <table className="border-collapse text-sm">
        <thead>
          <tr>
            {numbered(head).map(({ key, item }) => (
              <th key={key} scope="col" className={`${cell} font-semibold`}>
                <MarkedLine pieces={item} picture={picture} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numbered(rows).map(({ key, item: row }) => (
            <tr key={key}>
              {numbered(row).map(({ key: column, item }) => (
                <td key={column} className={cell}>
                  <MarkedLine pieces={item} picture={picture} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MarkedBlock({ block, picture }: { block: Block; picture?: PictureOf | undefined }) {
  switch (block.kind) {
    case "heading":
      return (
        <p className={block.level <= 2 ? "mt-1 font-semibold text-base" : "font-semibold"}>
          <MarkedLine pieces={block.line} picture={picture} />
        </p>
      );
    case "list": {
      const items = numbered(block.items).map(({ key, item }) => (
        <li key={key}>
          <MarkedLine pieces={item} picture={picture} />
        </li>
      ));
      return block.ordered ? (
        <ol start={block.start} className="list-decimal pl-5">
          {items}
        </ol>
      ) : (
        <ul className="list-disc pl-5">{items}</ul>
      );
    }
    case "table":
      return <MarkedTable head={block.head} rows={block.rows} picture={picture} />;
    case "code":
      return <pre className="max-w-full whitespace-pre-wrap font-mono text-[0.9em]">{block.text}</pre>;
    default:
      return (
        <p>
          {numbered(block.lines).map(({ key, item }, index) => (
            <span key={key}>
              {index > 0 ? <br /> : null}
              <MarkedLine pieces={item} picture={picture} />
            </span>
          ))}
        </p>
      );
  }
}

/** An answer as the customer sees it: headings, paragraphs, lists, tables, bold, links. HTML in it shows as text. */
export function MarkedText({ text, picture }: { text: string; picture?: PictureOf | undefined }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      {numbered(parseMarkup(text)).map(({ key, item }) => (
        <MarkedBlock key={key} block={item} picture={picture} />
      ))}
    </div>
  );
}
