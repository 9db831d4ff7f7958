/**
 * Sentences that speak to a model instead of a customer. What a merchant imported (a page, a document) may hold some that
 * a stranger wrote; no entry needs them. In Chinese and English, by what they ask for rather than by their exact words.
 */
const ORDERS: readonly RegExp[] = [
  /(?:忽略|无视|忘记|不要理会|抛开)[^。！？\n]{0,12}(?:指令|规则|要求|提示|前文|上文|以上|之前|限制)/u,
  /(?:系统)?提示词|系统提示[:：]|开发者模式|调试模式|越狱/u,
  /(?:ai|人工智能|智能助手|大?模型|助手)[^。！？\n]{0,6}(?:必须|应当|请务必|的指令|遵守)/iu,
  /从(?:现在|这里)(?:起|开始)[^。！？\n]{0,4}你(?:是|就是|不受|将)/u,
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:instructions?|rules?|prompts?|above|previous|prior)\b/iu,
  /\b(?:system|developer) (?:prompt|message|mode)\b|<\|im_(?:start|end)\|>/iu,
  /\b(?:ai (?:assistants?|models?)|assistants?|language models?|chatbots?)\b[^.!?\n]{0,24}(?::|\b(?:must|should|reveal|ignore|obey|always)\b)/iu,
];

/** Between sentences; a point in a number or an address ends none. */
const BORDER = /(?<=[。！？!?\n])|(?<=\.\s)/u;

/** Shorter sentences order nothing. */
const ORDER_MIN = 4;

/** True when a sentence speaks to a model. */
export const isOrder = (sentence: string): boolean => ORDERS.some((order) => order.test(sentence.normalize("NFKC")));

/** A text without HTML comments and without sentences that speak to a model; line breaks stay. Pure. */
export function withoutOrders(text: string): string {
  const visible = text.replace(/<!--[\s\S]*?(?:-->|$)/gu, " ");
  return visible
    .split(BORDER)
    .filter((sentence) => sentence.length < ORDER_MIN || !isOrder(sentence))
    .join("")
    .trim();
}
