export { authoriseUser as POST } from "@/lib/composition/realtime-auth";
