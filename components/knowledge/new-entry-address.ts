/** The editor for a new entry with its question filled in; the gap it answers is taken off the list on saving. */
export function newEntryAddress(question: string, gapId?: string): string {
  const search = new URLSearchParams({ question, ...(gapId === undefined ? {} : { gap: gapId }) });
  return `/admin/knowledge/new?${search}`;
}
