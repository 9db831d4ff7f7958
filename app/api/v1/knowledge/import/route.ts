import { importKnowledge } from "@/lib/composition/knowledge-import-endpoint";

export const POST = importKnowledge;
