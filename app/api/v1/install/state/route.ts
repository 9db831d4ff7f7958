import { getInstallStateOperation } from "@/lib/composition/install-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getInstallStateOperation);
