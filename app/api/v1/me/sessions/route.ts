import { signOutEverywhereOperation } from "@/lib/identity/account-operations";
import { defineRoute } from "@/lib/web/define-route";

export const DELETE = defineRoute(signOutEverywhereOperation);
