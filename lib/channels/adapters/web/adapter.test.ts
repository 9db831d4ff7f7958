import { describeChannel } from "@/lib/testing/channel-conformance";
import { webAdapter } from "./adapter";

describeChannel({
  adapter: webAdapter,
  config: { welcome: { "zh-CN": "您好" } },
  secrets: { identitySecret: "identity secret of tests" },
});
