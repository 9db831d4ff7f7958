import { deleteProviderOperation, updateProviderOperation } from "@/lib/bot/provider-operations";
import { defineRoute } from "@/lib/web/define-route";

export const PATCH = defineRoute(updateProviderOperation);
export const DELETE = defineRoute(deleteProviderOperation);
