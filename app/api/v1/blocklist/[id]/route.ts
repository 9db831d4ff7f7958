import { unblockOperation } from "@/lib/customers/blocklist-operations";
import { defineRoute } from "@/lib/web/define-route";

export const DELETE = defineRoute(unblockOperation);
