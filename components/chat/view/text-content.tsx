/** @jsxImportSource preact */
import { type Block, type Inline, type Line, parseMarkup } from "@/lib/core/light-markup";
import { byPosition } from "./by-position";
import { withLinks } from "./linked-text";

function inlineOf(parts: readonly Inline[]) {
  return byPosition(parts).map(({ key, item: part }) => {
    switch (part.kind) {
      case "bold":
        return <strong key={key}>{part.text}</strong>;
      case "code":
        return <code key={key}>{part.text}</code>;
      case "link":
        return (
          <a key={key} href={part.href} target="_blank" rel="noopener nofollow noreferrer">
            {part.text}
          </a>
        );
      default:
        return part.text;
    }
  });
}

/** What a person wrote: as they wrote it, with links. */
export function PlainText({ text }: { readonly text: string }) {
  return <p class="plain">{inlineOf(withLinks(text))}</p>;
}

function Table({ head, rows }: { readonly head: readonly Line[]; readonly rows: readonly (readonly Line[])[] }) {
  return (
    // Reached by the keyboard: a wide table is moved within its frame.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: as above
    <div class="wide" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {byPosition(head).map(({ key, item }) => (
              <th key={key} scope="col">
                {inlineOf(item)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byPosition(rows).map(({ key, item: row }) => (
            <tr key={key}>
              {byPosition(row).map(({ key: column, item }) => (
                <td key={column}>{inlineOf(item)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case "heading":
      return <h2 class={block.level > 2 ? "lower" : undefined}>{inlineOf(block.line)}</h2>;
    case "list": {
      const items = byPosition(block.items).map(({ key, item }) => <li key={key}>{inlineOf(item)}</li>);
      return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
    }
    case "table":
      return <Table head={block.head} rows={block.rows} />;
    case "code":
      return <pre class="plain">{block.text}</pre>;
    default:
      return (
        <p>
          {byPosition(block.lines).map(({ key, item: line }) => (
            <span key={key}>
              {key > 0 && <br />}
              {inlineOf(line)}
            </span>
          ))}
        </p>
      );
  }
}

/** What the bot wrote: headings, paragraphs, lists, tables, bold, links; nothing else and never HTML. */
export function AnswerText({ text }: { readonly text: string }) {
  return (
    <div class="answer">
      {byPosition(parseMarkup(text)).map(({ key, item: block }) => (
        <BlockView key={key} block={block} />
      ))}
    </div>
  );
}
