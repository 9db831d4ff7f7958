import { revokeApiKeyOperation } from "@/lib/identity/api-key-operations";
import { defineRoute } from "@/lib/web/define-route";

export const DELETE = defineRoute(revokeApiKeyOperation);
