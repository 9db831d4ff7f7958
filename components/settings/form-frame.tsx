"use client";

import { useTranslations } from "next-intl";
import type { FormEvent, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Sheet, SheetContent } from "@/components/ui/sheet";

interface FrameProps {
  title: string;
  /** As useDraftForm gives it: closing asks when something would be lost. */
  form: { readonly saving: boolean; save(): Promise<void>; close(): Promise<void> };
  /** What the button says; "save" unless given. */
  submitLabel?: string;
  className?: string;
  children: ReactNode;
}

function useFrame({ form, submitLabel }: Pick<FrameProps, "form" | "submitLabel">) {
  const common = useTranslations("common");
  return {
    onOpenChange: (open: boolean) => (open ? undefined : void form.close()),
    onSubmit: (event: FormEvent) => {
      event.preventDefault();
      void form.save();
    },
    buttons: (
      <>
        <Button onClick={() => void form.close()}>{common("cancel")}</Button>
        <Button type="submit" variant="primary" loading={form.saving}>
          {submitLabel ?? common("save")}
        </Button>
      </>
    ),
  };
}

/** A short form in the middle of the window. */
export function FormDialog({ title, children, ...rest }: Omit<FrameProps, "className">) {
  const frame = useFrame(rest);
  return (
    <Dialog open onOpenChange={frame.onOpenChange}>
      <DialogContent title={title}>
        <form noValidate className="contents" onSubmit={frame.onSubmit}>
          <DialogBody className="flex flex-col gap-4">{children}</DialogBody>
          <DialogFooter>{frame.buttons}</DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** A longer form beside the list; its buttons stay in sight. */
export function FormSheet({ title, className, children, ...rest }: FrameProps) {
  const frame = useFrame(rest);
  return (
    <Sheet open onOpenChange={frame.onOpenChange}>
      <SheetContent title={title} className={className}>
        <form noValidate className="flex min-h-full flex-col" onSubmit={frame.onSubmit}>
          <div className="flex flex-1 flex-col gap-4 p-4">{children}</div>
          <div className="sticky bottom-0 flex justify-end gap-2 border-line border-t bg-raised px-4 py-3">
            {frame.buttons}
          </div>
        </form>
      </SheetContent>
    </Sheet>
  );
}
