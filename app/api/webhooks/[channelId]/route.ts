import { webhookEndpoint } from "@/lib/composition/webhook-endpoint";
import { withAfterRequest } from "@/lib/web/after-request";

interface Params {
  readonly params: Promise<{ channelId: string }>;
}

/** The platform's check whether we are there. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  return webhookEndpoint(request, await params);
}

export const POST = withAfterRequest(async (request: Request, { params }: Params) =>
  webhookEndpoint(request, await params),
);
