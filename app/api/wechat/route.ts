import { webhookOfKind } from "@/lib/composition/compatibility/webhook-endpoint";
import { withAfterRequest } from "@/lib/web/after-request";

const endpoint = webhookOfKind(["wechat"]);

export async function GET(request: Request): Promise<Response> {
  return endpoint(request);
}

export const POST = withAfterRequest((request: Request) => endpoint(request));
