import { customerTimelineOperation } from "@/lib/conversations/timeline-operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(customerTimelineOperation);
