import { serveFile } from "@/lib/composition/file-endpoints";

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return serveFile(request, await params);
}
