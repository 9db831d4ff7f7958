/** A value that survives `JSON.stringify` and comes back the same. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
