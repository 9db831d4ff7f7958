import { prepareDatabaseOperation } from "@/lib/composition/install-operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(prepareDatabaseOperation);
