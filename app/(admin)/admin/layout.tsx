import type { ReactNode } from "react";
import { AdminShell } from "@/components/settings/admin-shell";
import { roleMay } from "@/lib/identity/permissions";
import { getMe } from "@/lib/identity/queries";
import { currentContext } from "@/lib/web/session";

/** Only the frame: each page checks the session itself (definePage) and sends whoever may not see it away. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const context = await currentContext();
  if (!context || !roleMay(context.actor.role, "knowledge.draft")) {
    return children;
  }
  return <AdminShell me={await getMe(context)}>{children}</AdminShell>;
}
