import { endSecretOverlapOperation } from "@/lib/channels/operations";
import { defineRoute } from "@/lib/web/define-route";

export const DELETE = defineRoute(endSecretOverlapOperation);
