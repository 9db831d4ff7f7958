"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";

const CODE_LENGTH = 4;

/** What a customer is called: their name, or "visitor" with the end of their id, which tells two of them apart. */
export function useCustomerName(): (customer: { readonly id: string; readonly name: string | null }) => string {
  const t = useTranslations("desk.list");
  return useCallback(
    (customer) => customer.name || t("visitor", { code: customer.id.slice(-CODE_LENGTH).toUpperCase() }),
    [t],
  );
}
