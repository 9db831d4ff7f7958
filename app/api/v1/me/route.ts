import { changeProfileOperation } from "@/lib/identity/account-operations";
import { getMeOperation } from "@/lib/identity/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getMeOperation);
export const PATCH = defineRoute(changeProfileOperation);
