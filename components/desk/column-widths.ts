/** Widths of the outer columns in pixels, and whether the customer's is shown. */
export interface ColumnWidths {
  readonly list: number;
  readonly customer: number;
  readonly customerShown: boolean;
}

/** The cookie that keeps them, so that the server renders the right layout at once. */
export const COLUMNS_COOKIE = "desk-columns";

export const LIST_RANGE = { least: 240, most: 480, usual: 320 } as const;
export const CUSTOMER_RANGE = { least: 260, most: 520, usual: 340 } as const;

export function withinRange(width: number, range: { readonly least: number; readonly most: number }): number {
  return Math.round(Math.min(range.most, Math.max(range.least, width)));
}

/** Reads what the cookie says; anything else gives the usual widths. */
export function parseColumnWidths(value: string | undefined): ColumnWidths {
  const match = /^(\d{2,4})\.(\d{2,4})\.([01])$/.exec(value ?? "");
  return {
    list: withinRange(Number(match?.[1] ?? LIST_RANGE.usual), LIST_RANGE),
    customer: withinRange(Number(match?.[2] ?? CUSTOMER_RANGE.usual), CUSTOMER_RANGE),
    customerShown: match?.[3] !== "0",
  };
}

export function formatColumnWidths({ list, customer, customerShown }: ColumnWidths): string {
  return `${list}.${customer}.${customerShown ? 1 : 0}`;
}
