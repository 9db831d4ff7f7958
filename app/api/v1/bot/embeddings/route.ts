import {
  getVectorSearchOperation,
  removeEmbedderOperation,
  saveEmbedderOperation,
} from "@/lib/knowledge/embeddings/operations";
import { defineRoute } from "@/lib/web/define-route";

export const GET = defineRoute(getVectorSearchOperation);
export const PUT = defineRoute(saveEmbedderOperation);
export const DELETE = defineRoute(removeEmbedderOperation);
