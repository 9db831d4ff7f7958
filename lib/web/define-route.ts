import { createEndpoint } from "@/lib/composition/endpoint";
import type { AnyOperation } from "@/lib/platform/http/handler";

type RouteContext = { readonly params: Promise<Record<string, unknown>> };

/** A Next route handler from an operation: `export const POST = defineRoute(postReplyOperation)`. */
export function defineRoute(operation: AnyOperation) {
  const endpoint = createEndpoint(operation);
  return async (request: Request, { params }: RouteContext): Promise<Response> => endpoint(request, await params);
}
