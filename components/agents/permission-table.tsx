import { Check, Minus } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { Card } from "@/components/ui/card";
import { PERMISSIONS, type Permission, ROLES, roleMay } from "@/lib/identity/permissions";

/** Who may do what, from the very table that the server asks. */
export async function PermissionTable() {
  const [t, words] = await Promise.all([getTranslations("admin-agents"), getTranslations("permissions")]);
  return (
    <Card className="overflow-x-auto">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-line border-b text-left text-ink-muted">
            <th scope="col" className="px-4 py-2 font-medium">
              {t("permission")}
            </th>
            {ROLES.map((role) => (
              <th key={role} scope="col" className="px-2 py-2 text-center font-medium whitespace-nowrap">
                {t(`roles.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(Object.keys(PERMISSIONS) as Permission[]).map((permission) => (
            <tr key={permission} className="border-line border-b last:border-0">
              <th scope="row" className="px-4 py-2 text-left font-normal">
                {words(permission as Parameters<typeof words>[0])}
              </th>
              {ROLES.map((role) => (
                <td key={role} className="px-2 py-2 text-center">
                  {roleMay(role, permission) ? (
                    <Check role="img" aria-label={t("may")} className="mx-auto size-4 text-success-ink" />
                  ) : (
                    <Minus role="img" aria-label={t("mayNot")} className="mx-auto size-4 text-ink-subtle" />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
