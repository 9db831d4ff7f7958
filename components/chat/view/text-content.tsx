/** @jsxImportSource preact */
import { byPosition } from "./by-position";
import { type Block, blocksOf, type Inline, withLinks } from "./rich-text";

function inlineOf(parts: readonly Inline[]) {
  return byPosition(parts).map(({ key, item: part }) => {
    switch (part.type) {
      case "bold":
        return <strong key={key}>{part.text}</strong>;
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

function BlockView({ block }: { readonly block: Block }) {
  if (block.type === "list") {
    const items = byPosition(block.items).map(({ key, item }) => <li key={key}>{inlineOf(item)}</li>);
    return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
  }
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

/** What the bot wrote: paragraphs, lists, bold, links; nothing else and never HTML. */
export function AnswerText({ text }: { readonly text: string }) {
  return (
    <div class="answer">
      {byPosition(blocksOf(text)).map(({ key, item: block }) => (
        <BlockView key={key} block={block} />
      ))}
    </div>
  );
}
