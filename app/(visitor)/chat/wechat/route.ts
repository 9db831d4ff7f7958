import { receiveWechat } from "@/lib/web/wechat-entry";

/** Where WeChat sends a visitor back to after it was asked who they are. */
export function GET(request: Request): Promise<Response> {
  return receiveWechat(request);
}
