import { webhookEndpoint } from "@/lib/composition/webhook-endpoint";

export async function POST(
  request: Request,
  { params }: { params: Promise<{ channelId: string }> },
): Promise<Response> {
  return webhookEndpoint(request, await params);
}
