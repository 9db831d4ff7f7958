import { uploadEndpoint } from "@/lib/composition/file-endpoints";

export const POST = uploadEndpoint(["agent", "key"]);
