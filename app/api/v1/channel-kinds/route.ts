import { listChannelKindsOperation } from "@/lib/composition/channel-kind-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(listChannelKindsOperation);
