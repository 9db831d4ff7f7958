import NextAuth from "next-auth";
import { authOptions } from "@/lib/web/auth-options";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

// Made per request: the settings come from the environment, which does not exist yet while the application is built.
async function handle(request: Request, context: RouteContext): Promise<Response> {
  return NextAuth(authOptions())(request, context);
}

export { handle as GET, handle as POST };
