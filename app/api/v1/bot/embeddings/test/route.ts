import { testEmbedderOperation } from "@/lib/knowledge/embeddings/operations";
import { defineRoute } from "@/lib/web/define-route";

export const POST = defineRoute(testEmbedderOperation);
