import { channelStream } from "@/lib/composition/channel-stream";

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return channelStream(request, await params);
}
