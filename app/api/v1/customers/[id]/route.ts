import { getCustomerOperation, updateCustomerOperation } from "@/lib/customers/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getCustomerOperation);
export const PATCH = defineRoute(updateCustomerOperation);
