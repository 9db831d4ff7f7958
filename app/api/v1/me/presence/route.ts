import { setPresenceOperation } from "@/lib/identity/operations";
import { defineRoute } from "@/lib/web/define-route";

export const PUT = defineRoute(setPresenceOperation);
