import { listCustomersOperation } from "@/lib/customers/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listCustomersOperation);
