/** @jsxImportSource preact */
import { BotMark } from "./icons";

interface AvatarProps {
  readonly name: string;
  readonly url?: string | null | undefined;
  readonly bot?: boolean;
  readonly class?: string;
}

/** The last character of a Chinese name, the first letter of another: what people call each other by. */
function initialOf(name: string): string {
  const characters = [...name.trim()];
  const isHan = /\p{Script=Han}/u.test(characters.at(-1) ?? "");
  return (isHan ? characters.at(-1) : characters[0]?.toUpperCase()) ?? "";
}

/** A face, or what stands for one. Decorative: the name always stands beside it. */
export function Avatar({ name, url, bot = false, class: extra = "" }: AvatarProps) {
  return (
    <span class={`avatar ${extra}`} aria-hidden="true">
      {url ? <img src={url} alt="" width="36" height="36" /> : bot ? <BotMark /> : initialOf(name)}
    </span>
  );
}
