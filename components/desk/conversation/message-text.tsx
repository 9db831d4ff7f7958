import { byPosition } from "@/components/chat/view/by-position";
import { type Block, blocksOf, type Inline, withLinks } from "@/components/chat/view/rich-text";
import { splitMentions } from "../composer/mention-text";

function Pieces({ pieces }: { pieces: readonly Inline[] }) {
  return byPosition(pieces).map(({ key, item: piece }) => {
    switch (piece.type) {
      case "bold":
        return <strong key={key}>{piece.text}</strong>;
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
  });
}

const NOBODY: readonly string[] = [];

/**
 * A person's words as they were typed, with web addresses as links and the names of called colleagues marked. HTML in
 * them shows as text.
 */
export function PlainText({ text, called = NOBODY }: { text: string; called?: readonly string[] }) {
  return (
    <p className="whitespace-pre-wrap">
      {byPosition(splitMentions(text, called)).map(({ key, item: piece }) =>
        piece.called ? (
          <strong key={key} className="font-semibold text-accent-ink">
            {piece.text}
          </strong>
        ) : (
          <Pieces key={key} pieces={withLinks(piece.text)} />
        ),
      )}
    </p>
  );
}

function AnswerBlock({ block }: { block: Block }) {
  if (block.type === "list") {
    const items = byPosition(block.items).map(({ key, item }) => (
      <li key={key}>
        <Pieces pieces={item} />
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
  return byPosition(block.lines).map(({ key, item: line }) => (
    <p key={key}>
      <Pieces pieces={line} />
    </p>
  ));
}

/** A bot's answer as the customer sees it: paragraphs, lists, bold, links. */
export function AnswerText({ text }: { text: string }) {
  return (
    <div className="flex flex-col gap-1.5">
      {byPosition(blocksOf(text)).map(({ key, item: block }) => (
        <AnswerBlock key={key} block={block} />
      ))}
    </div>
  );
}
