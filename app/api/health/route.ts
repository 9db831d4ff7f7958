export { healthResponse as GET } from "@/lib/composition/health";

export const dynamic = "force-dynamic";
