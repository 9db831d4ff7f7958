import { webhookOfKind } from "@/lib/composition/compatibility/webhook-endpoint";

const endpoint = webhookOfKind(["wecom"]);

export async function GET(request: Request): Promise<Response> {
  return endpoint(request);
}

export async function POST(request: Request): Promise<Response> {
  return endpoint(request);
}
