import { createEndpoint } from "@/lib/composition/endpoint";
import type { AnyOperation } from "@/lib/platform/http/handler";
import { afterRequest } from "./after-request";

/** On a path without `[…]` Next resolves `params` to undefined, whatever its types say. */
type RouteContext = { readonly params: Promise<Record<string, unknown> | undefined> };

/** A Next route handler from an operation: `export const POST = defineRoute(postReplyOperation)`. */
export function defineRoute(operation: AnyOperation) {
  const endpoint = createEndpoint(operation);
  return async (request: Request, { params }: RouteContext): Promise<Response> => {
    const answer = await endpoint(request, (await params) ?? {});
    afterRequest(request);
    return answer;
  };
}
