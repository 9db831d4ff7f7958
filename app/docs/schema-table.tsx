import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { SchemaRow } from "@/lib/platform/openapi/json-schema";
import { SCHEMAS } from "./frame";

function TypeName({ row }: { row: SchemaRow }) {
  if (!row.refersTo) {
    return row.type;
  }
  const [before = "", after = ""] = row.type.split(row.refersTo);
  return (
    <>
      {before}
      <Link
        href={`/docs/${SCHEMAS}#${row.refersTo}`}
        className="rounded-xs text-accent-ink underline underline-offset-2"
      >
        {row.refersTo}
      </Link>
      {after}
    </>
  );
}

/** A schema's fields, one a line; on a narrow screen the table scrolls by itself. */
export async function SchemaTable({
  rows,
  label,
}: {
  rows: readonly (SchemaRow & { readonly place?: string })[];
  label: string;
}) {
  const t = await getTranslations("api-reference");
  const hasPlaces = rows.some(({ place }) => place !== undefined);
  const hasLimits = rows.some(({ limits }) => limits.length > 0);
  const head = "px-3 py-1.5 text-left font-medium text-ink-subtle text-xs";
  const cell = "px-3 py-1.5 align-top";
  const places = {
    path: t("place.path"),
    query: t("place.query"),
    header: t("place.header"),
    cookie: t("place.cookie"),
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form, a section would be a landmark for each table
    <div role="group" className="overflow-x-auto rounded-sm border border-line" tabIndex={0} aria-label={label}>
      <table className="w-full border-collapse text-sm">
        <thead className="bg-sunken">
          <tr>
            <th className={head}>{t("column.name")}</th>
            {hasPlaces ? <th className={head}>{t("column.place")}</th> : null}
            <th className={head}>{t("column.type")}</th>
            {hasLimits ? <th className={head}>{t("column.limits")}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className="border-line border-t">
              <td className={`${cell} whitespace-nowrap font-mono`}>
                {row.name || <span className="font-sans text-ink-muted">{t("whole")}</span>}
                {row.required && row.name ? (
                  <span className="ml-2 font-sans text-2xs text-warning-ink">{t("required")}</span>
                ) : null}
              </td>
              {hasPlaces ? (
                <td className={`${cell} whitespace-nowrap text-ink-muted`}>
                  {places[row.place as keyof typeof places]}
                </td>
              ) : null}
              <td className={`${cell} min-w-32 font-mono text-ink-muted`}>
                <TypeName row={row} />
              </td>
              {hasLimits ? (
                <td className={`${cell} whitespace-nowrap font-mono text-ink-subtle text-xs leading-5`}>
                  {row.limits.join(", ")}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
