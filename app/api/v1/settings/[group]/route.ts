import { getSettingsOperation, updateSettingsOperation } from "@/lib/composition/settings-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getSettingsOperation);
export const PATCH = defineRoute(updateSettingsOperation);
