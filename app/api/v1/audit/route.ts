import { listAuditOperation } from "@/lib/audit/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listAuditOperation);
