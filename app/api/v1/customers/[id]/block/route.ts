import { blockCustomerOperation } from "@/lib/customers/blocklist-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PUT = defineRoute(blockCustomerOperation);
