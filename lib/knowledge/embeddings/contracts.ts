import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { embedderInput, embedderTrial, vectorSearch } from "./schema";

export const getVectorSearch = defineContract({
  name: "getVectorSearch",
  summary: "The service whose sentence vectors the search uses, and how far the entries have them",
  tag: "Bot",
  method: "GET",
  path: "/api/v1/bot/embeddings",
  audience: ["agent", "key"],
  permission: "bot.read",
  result: vectorSearch,
});

export const saveEmbedder = defineContract({
  name: "saveEmbedder",
  summary: "Set the service for sentence vectors; another model has all entries indexed anew in the background",
  tag: "Bot",
  method: "PUT",
  path: "/api/v1/bot/embeddings",
  audience: ["agent", "key"],
  permission: "bot.write",
  body: embedderInput.extend({ version: z.int().min(0).optional() }),
  result: vectorSearch,
});

export const removeEmbedder = defineContract({
  name: "removeEmbedder",
  summary: "Remove the merchant's service and its key; the platform's counts again, if there is one",
  tag: "Bot",
  method: "DELETE",
  path: "/api/v1/bot/embeddings",
  audience: ["agent", "key"],
  permission: "bot.write",
  result: vectorSearch,
});

export const testEmbedder = defineContract({
  name: "testEmbedder",
  summary: "Ask a service for the vectors of harmless questions, before it is saved or after",
  tag: "Bot",
  method: "POST",
  path: "/api/v1/bot/embeddings/test",
  audience: ["agent", "key"],
  permission: "bot.write",
  body: embedderInput,
  result: embedderTrial,
  perMinute: 20,
});

export const controlIndexing = defineContract({
  name: "controlIndexing",
  summary: "Stop the indexing with a new model, or go on with it; what is done stays",
  tag: "Bot",
  method: "POST",
  path: "/api/v1/bot/embeddings/indexing",
  audience: ["agent", "key"],
  permission: "bot.write",
  body: z.object({ action: z.enum(["cancel", "resume"]) }),
  result: vectorSearch,
});
