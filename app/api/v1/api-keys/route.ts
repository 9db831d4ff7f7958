import { createApiKeyOperation, listApiKeysOperation } from "@/lib/identity/api-key-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listApiKeysOperation);
export const POST = defineRoute(createApiKeyOperation);
