import { pingPresenceOperation } from "@/lib/identity/operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(pingPresenceOperation);
