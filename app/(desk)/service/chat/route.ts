/** An older address of the desk; what it was asked for goes along. */
export function GET(request: Request): Response {
  const { search } = new URL(request.url);
  return new Response(null, { status: 308, headers: { location: `/desk${search}` } });
}
