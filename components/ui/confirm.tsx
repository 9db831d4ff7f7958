"use client";

import { createContext, type ReactNode, use, useCallback, useRef, useState } from "react";
import { AlertDialog, type AlertDialogProps } from "./alert-dialog";

export type ConfirmOptions = Pick<AlertDialogProps, "title" | "body" | "confirmLabel" | "cancelLabel" | "danger">;

type Confirm = (options: ConfirmOptions) => Promise<boolean>;

const ConfirmContext = createContext<Confirm | undefined>(undefined);

/**
 * Asks and waits: `if (await confirm({ title, body, confirmLabel, danger: true })) …`.
 *
 * @throws Error outside of a ConfirmProvider (AppShell has one)
 */
export function useConfirm(): Confirm {
  const confirm = use(ConfirmContext);
  if (confirm === undefined) {
    throw new Error("useConfirm needs a ConfirmProvider above it");
  }
  return confirm;
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [options, setOptions] = useState<ConfirmOptions>();
  const [open, setOpen] = useState(false);
  const answer = useRef<(agreed: boolean) => void>(undefined);

  const settle = useCallback((agreed: boolean) => {
    answer.current?.(agreed);
    answer.current = undefined;
    setOpen(false);
  }, []);

  const confirm = useCallback<Confirm>((next) => {
    // A second question replaces the first, which then counts as declined.
    answer.current?.(false);
    setOptions(next);
    setOpen(true);
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  }, []);

  return (
    <ConfirmContext value={confirm}>
      {children}
      {options ? (
        <AlertDialog
          {...options}
          open={open}
          onOpenChange={(next) => {
            if (!next) {
              settle(false);
            }
          }}
          onConfirm={() => settle(true)}
        />
      ) : null}
    </ConfirmContext>
  );
}
