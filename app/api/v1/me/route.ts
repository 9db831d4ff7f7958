import { getMeOperation } from "@/lib/identity/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getMeOperation);
