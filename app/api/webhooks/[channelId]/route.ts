import { webhookEndpoint } from "@/lib/composition/webhook-endpoint";

interface Params {
  readonly params: Promise<{ channelId: string }>;
}

/** The platform's check whether we are there. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  return webhookEndpoint(request, await params);
}

export async function POST(request: Request, { params }: Params): Promise<Response> {
  return webhookEndpoint(request, await params);
}
