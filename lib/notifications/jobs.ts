import { defineJob } from "@/lib/platform/jobs/job";
import { telling } from "./schema";
import { tellAgents } from "./service";

/** Tells agents of what a fact means to them. */
export const tellJob = defineJob({
  name: "notifications.tell",
  schema: telling,
  handle: (told, context) => tellAgents(context, told),
});
