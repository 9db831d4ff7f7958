"use client";

import { useInsertionEffect, useSyncExternalStore } from "react";

declare global {
  var __webpack_nonce__: string | undefined;
}

/**
 * The nonce that this document's Content-Security-Policy knows. Read from the document itself: the policy stays that of
 * the first load, while later answers of the server (navigation, refresh) each carry a nonce of their own.
 */
function documentNonce(): string | undefined {
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce || undefined;
}

const noSubscription = () => () => {};

/** The nonce for the few primitives that add a style element in the browser; undefined while rendering on the server. */
export function useNonce(): string | undefined {
  return useSyncExternalStore(noSubscription, documentNonce, () => undefined);
}

/** Hands the nonce to the scroll lock of Radix's dialogs, which looks for it under this global name. Once per document. */
export function StyleNonce() {
  useInsertionEffect(() => {
    globalThis.__webpack_nonce__ = documentNonce();
  }, []);
  return null;
}
