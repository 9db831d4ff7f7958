/** The DOM that turndown brings along; its own declarations name another package. */
declare module "@mixmark-io/domino" {
  export function createDocument(html: string, force?: boolean): Document;
}
