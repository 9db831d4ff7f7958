"use client";

import { Ban } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { BlockDialog } from "@/components/settings/blocklist/block-dialog";
import { Button } from "@/components/ui/button";

export interface BlockButtonProps {
  customer: { readonly id: string; readonly name: string };
  onBlocked: () => void;
}

/** Blocks the customer of this panel, after asking why and for how long. */
export function BlockButton({ customer, onBlocked }: BlockButtonProps) {
  const t = useTranslations("blocklist");
  const [asking, setAsking] = useState(false);
  return (
    <div className="p-4">
      <Button size="sm" variant="dangerGhost" onClick={() => setAsking(true)}>
        <Ban aria-hidden />
        {t("blockCustomer")}
      </Button>
      {asking ? (
        <BlockDialog
          customer={customer}
          onClose={(blocked) => {
            setAsking(false);
            if (blocked) {
              onBlocked();
            }
          }}
        />
      ) : null}
    </div>
  );
}
