/** How a field is edited. */
export type FieldKind =
  | "switch"
  | "number"
  | "text"
  /** Several lines. */
  | "long"
  | "secret"
  | "select"
  /** Any of some options. */
  | "choices"
  /** Texts of one's own, one a line. */
  | "lines"
  | "time"
  | "date"
  | "color"
  /** Id of an uploaded picture. */
  | "image"
  /** A list of things that have fields themselves (time ranges, say). */
  | "rows"
  /** A thing with fields (the days of a week, say). */
  | "fields";

/** One field of a settings form, read from the group's zod schema: the browser gets this and not the schema. */
export interface FieldShape {
  readonly name: string;
  readonly kind: FieldKind;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  /** Only whole numbers. */
  readonly whole?: boolean | undefined;
  readonly maxLength?: number | undefined;
  /** Most entries of a list. */
  readonly maxItems?: number | undefined;
  readonly options?: readonly string[] | undefined;
  /** Of one row, or of the thing. */
  readonly fields?: readonly FieldShape[] | undefined;
  /** Of each value of a thing whose names are not fixed (texts by language). */
  readonly entry?: FieldShape | undefined;
}
