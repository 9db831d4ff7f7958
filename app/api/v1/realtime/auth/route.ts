export { authoriseChannel as POST } from "@/lib/composition/realtime-auth";
