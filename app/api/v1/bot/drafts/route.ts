import { listDraftsOperation } from "@/lib/bot/draft-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listDraftsOperation);
