import { listSettingsOperation } from "@/lib/composition/settings-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listSettingsOperation);
