import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

export const testAlerts = defineContract({
  name: "testAlerts",
  summary: "Say a test sentence to every robot and mailbox that is set up; answers what each of them said",
  tag: "Settings",
  method: "POST",
  path: "/api/v1/alerts/test",
  audience: ["agent", "key"],
  permission: "settings.write",
  perMinute: 10,
  body: z.object({}),
  result: z.object({
    items: z.array(
      z.object({
        sink: z.enum(["feishu", "dingtalk", "wecom", "mail"]),
        ok: z.boolean(),
        /** What the other side said, when it refused. */
        detail: z.string(),
      }),
    ),
  }),
});
