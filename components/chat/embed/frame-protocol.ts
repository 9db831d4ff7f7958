import type { VisitorIdentity } from "../page-data";
import type { PageContext } from "../store/visitor-session";

/** From the page that embeds the chat into the frame. */
export type ToFrame =
  | { readonly yingda: "hello"; readonly context: PageContext; readonly identity: VisitorIdentity | null }
  | { readonly yingda: "visible"; readonly visible: boolean }
  | { readonly yingda: "context"; readonly context: PageContext };

/** From the frame to the page that embeds it. */
export type FromFrame =
  | { readonly yingda: "ready" }
  | { readonly yingda: "close" }
  | { readonly yingda: "unread"; readonly count: number }
  | { readonly yingda: "message"; readonly author: string; readonly text: string };
