import { authoriseChannel } from "@/lib/composition/realtime-auth";

export const POST = authoriseChannel;
