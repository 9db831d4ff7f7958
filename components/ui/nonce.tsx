"use client";

import { createContext, type ReactNode, use, useInsertionEffect } from "react";

const NonceContext = createContext<string | undefined>(undefined);

declare global {
  var __webpack_nonce__: string | undefined;
}

/** The nonce of this page's Content-Security-Policy, for the few primitives that add a style element. */
export function useNonce(): string | undefined {
  return use(NonceContext);
}

export function NonceProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  useInsertionEffect(() => {
    // The scroll lock of Radix's dialogs reads the nonce for its style element from this global name.
    globalThis.__webpack_nonce__ = nonce;
  }, [nonce]);
  return <NonceContext value={nonce}>{children}</NonceContext>;
}
