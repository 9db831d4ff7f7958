import { authoriseUser } from "@/lib/composition/realtime-auth";

export const POST = authoriseUser;
