import { listOfferedTemplatesOperation } from "@/lib/conversations/rich-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listOfferedTemplatesOperation);
