import { apiDocument } from "@/lib/composition/api-document";

/** The API's own description, for generators and readers; open, because the contracts are no secret. */
export function GET(): Response {
  return Response.json(apiDocument(), {
    headers: { "cache-control": "public, max-age=300", "access-control-allow-origin": "*" },
  });
}
