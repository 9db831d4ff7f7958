import { rotateChannelSecretOperation } from "@/lib/channels/operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(rotateChannelSecretOperation);
