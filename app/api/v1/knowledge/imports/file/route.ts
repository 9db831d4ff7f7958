import { uploadImport } from "@/lib/composition/knowledge-import-endpoint";

export const POST = uploadImport;
