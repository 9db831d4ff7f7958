/** See failures.mjs. */
export function failuresOfVitest(report: unknown): string[];
/** See failures.mjs. */
export function failuresOfPlaywright(report: unknown): string[];
