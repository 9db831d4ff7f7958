export interface AuditChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  if (value === undefined || value === null || value === "") {
    return "";
  }
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}

/**
 * Field by field, what a recorded action changed. A field that `after` does not name was not touched; without any
 * `after` (a deletion) all of `before` is shown.
 */
export function changesOf(before: unknown, after: unknown): AuditChange[] {
  const old = fieldsOf(before);
  const now = fieldsOf(after);
  const names = Object.keys(now).length > 0 ? Object.keys(now) : Object.keys(old);
  return names
    .map((field) => ({ field, before: textOf(old[field]), after: textOf(now[field]) }))
    .filter((change) => change.before !== change.after);
}
