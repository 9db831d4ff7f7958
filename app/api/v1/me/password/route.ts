import { changeOwnPasswordOperation } from "@/lib/identity/account-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PUT = defineRoute(changeOwnPasswordOperation);
