import { operation } from "@/lib/platform/http/handler";
import { customerTimeline as contract } from "./timeline-contracts";
import { customerTimeline } from "./timeline-queries";

export const customerTimelineOperation = operation(contract, ({ params, query }, context) =>
  customerTimeline(context, params.id, query),
);
