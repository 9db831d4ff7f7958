import type { VisitorIdentity } from "../page-data";
import type { PageContext } from "../store/visitor-session";

/** From the page that embeds the chat into the frame. */
export type ToFrame =
  /** Said at the beginning and whenever something of it changed; the first decides who the visitor is. */
  | {
      readonly yingda: "hello";
      /** Absent from loaders of an older release, which a browser keeps for a day: they say it by itself. */
      readonly visible?: boolean;
      readonly context: PageContext;
      readonly identity: VisitorIdentity | null;
    }
  | { readonly yingda: "visible"; readonly visible: boolean }
  | { readonly yingda: "context"; readonly context: PageContext }
  /** What the page keeps for a frame that may keep nothing itself; null: nothing. */
  | { readonly yingda: "kept"; readonly value: string | null };

/** From the frame to the page that embeds it. */
export type FromFrame =
  | { readonly yingda: "ready" }
  | { readonly yingda: "close" }
  /** From a frame whose browser lets it store nothing: who the visitor is, for the next page. */
  | { readonly yingda: "keep"; readonly value: string | null }
  | { readonly yingda: "unread"; readonly count: number }
  | { readonly yingda: "message"; readonly author: string; readonly text: string };
