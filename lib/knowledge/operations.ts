import { withoutPictures } from "@/lib/core/light-markup";
import { operation } from "@/lib/platform/http/handler";
import { everyCollection } from "./collection-queries";
import * as contracts from "./contracts";
import { findAnswers, getEntry, getPublishedEntry, listEntries } from "./queries";
import { createEntry, deleteEntry, updateEntry } from "./service";

export const listEntriesOperation = operation(contracts.listEntries, ({ query }, context) =>
  listEntries(context, query),
);

export const getEntryOperation = operation(contracts.getEntry, ({ params }, context) => getEntry(context, params.id));

export const createEntryOperation = operation(contracts.createEntry, ({ body }, context) => createEntry(context, body));

export const updateEntryOperation = operation(contracts.updateEntry, ({ params, body }, context) =>
  updateEntry(context, params.id, body),
);

export const deleteEntryOperation = operation(contracts.deleteEntry, async ({ params }, context) => {
  await deleteEntry(context, params.id);
  return { ok: true as const };
});

export const searchKnowledgeOperation = operation(contracts.searchKnowledge, async ({ query }, context) => {
  const { items, decision } = await findAnswers(context, query.q, { ...query, channelId: query.channel });
  return { items: [...items], decision };
});

export const searchKnowledgeBaseOperation = operation(contracts.searchKnowledgeBase, async ({ query }, context) => {
  const start = performance.now();
  const { items } = await findAnswers(context, query.q, {
    limit: query.limit,
    language: query.lang,
    collection: query.collection,
  });
  const results = items.map(({ entryId, externalId, question, answer, confidence, matched }) => ({
    id: entryId,
    external_id: externalId,
    question,
    answer,
    confidence,
    matched,
  }));
  return { results, took_ms: Math.round((performance.now() - start) * 100) / 100 };
});

export const listCollectionsOperation = operation(contracts.listCollections, (_request, context) =>
  everyCollection(context),
);

export const getCitationOperation = operation(contracts.getCitation, async ({ params }, context) => {
  const { id, question, answer, category, updatedAt, files } = await getPublishedEntry(context, params.id);
  return { id, question, answer: withoutPictures(answer), category, updatedAt, files };
});
