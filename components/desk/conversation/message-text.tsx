import { byPosition } from "@/components/chat/view/by-position";
import { withLinks } from "@/components/chat/view/linked-text";
import { MarkedLine, MarkedText } from "@/components/ui/marked-text";
import { splitMentions } from "../composer/mention-text";

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
          <MarkedLine key={key} pieces={withLinks(piece.text)} />
        ),
      )}
    </p>
  );
}

/** A bot's answer as the customer sees it. */
export function AnswerText({ text }: { text: string }) {
  return <MarkedText text={text} />;
}
