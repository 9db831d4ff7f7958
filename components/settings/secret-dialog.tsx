"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";

export interface SecretDialogProps {
  title: string;
  description: string;
  /** Shown this once. */
  secret: string;
  copyLabel: string;
  doneLabel: string;
  /** Other things to copy along. */
  extra?: ReactNode;
  onDone: () => void;
}

/** Something that can never be shown again. It closes only by its button: a stray click must not lose it. */
export function SecretDialog({ title, description, secret, copyLabel, doneLabel, extra, onDone }: SecretDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onDone())}>
      <DialogContent
        title={title}
        description={description}
        onInteractOutside={(event) => event.preventDefault()}
        onEscapeKeyDown={(event) => event.preventDefault()}
      >
        <DialogBody>
          <div className="flex items-center gap-2 rounded-sm border border-line bg-sunken px-3 py-2">
            <code className="min-w-0 flex-1 select-all break-all font-mono text-base" data-testid="secret">
              {secret}
            </code>
          </div>
        </DialogBody>
        <DialogFooter>
          {extra}
          <CopyButton value={secret}>{copyLabel}</CopyButton>
          <Button variant="primary" onClick={onDone}>
            {doneLabel}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
