import { Fragment } from "react";

const ADDRESS = /https?:\/\/[^\s<>"'`，。；！？（）「」]+/g;
const TRAILING = /[.,;:!?)\]]+$/;

/** Splits text into words and web addresses; nothing but http and https ever becomes a link. */
export function splitAddresses(
  text: string,
): { readonly text: string; readonly address: boolean; readonly at: number }[] {
  const pieces: { text: string; address: boolean; at: number }[] = [];
  let position = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, "");
    if (match.index > position) {
      pieces.push({ text: text.slice(position, match.index), address: false, at: position });
    }
    pieces.push({ text: address, address: true, at: match.index });
    position = match.index + address.length;
  }
  if (position < text.length) {
    pieces.push({ text: text.slice(position), address: false, at: position });
  }
  return pieces;
}

/** A person's words with line breaks kept and web addresses as links. Text only: HTML in it shows as it was typed. */
export function LinkedText({ text }: { text: string }) {
  return (
    <span className="whitespace-pre-wrap">
      {splitAddresses(text).map((piece) =>
        piece.address ? (
          <a
            key={piece.at}
            href={piece.text}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="underline underline-offset-2"
          >
            {piece.text}
          </a>
        ) : (
          <Fragment key={piece.at}>{piece.text}</Fragment>
        ),
      )}
    </span>
  );
}
