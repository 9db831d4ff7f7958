import { blockNetworkOperation, listBlockedOperation } from "@/lib/customers/blocklist-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listBlockedOperation);
export const POST = defineRoute(blockNetworkOperation);
