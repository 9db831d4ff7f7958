/** What each kind of row is called in its id: an id tells a reader (and a log) what it points at. */
export const ID_PREFIX = {
  merchant: "mer",
  user: "usr",
  agent: "agt",
  team: "tea",
  apiKey: "key",
  customer: "cus",
  identity: "idn",
  channel: "chn",
  conversation: "cnv",
  message: "msg",
  rating: "rat",
  file: "fil",
  entry: "kbe",
  collection: "kbc",
  knowledgeImport: "kbi",
  gap: "gap",
  provider: "aip",
  embedder: "emb",
  draft: "drf",
  turn: "btn",
  botCase: "bcs",
  botRun: "brn",
  intent: "int",
  suggestion: "sug",
  quickReply: "qrp",
  automation: "aut",
  automationRun: "aur",
  invitation: "inv",
  block: "blk",
  notification: "ntf",
  transferOffer: "tro",
  macro: "mac",
  audit: "aud",
  delivery: "dlv",
  request: "req",
  visitor: "vis",
  client: "cli",
  push: "psh",
  ticket: "tkt",
  ticketEvent: "tke",
} as const;

export type IdKind = keyof typeof ID_PREFIX;

// Crockford's alphabet in lower case: no i, l, o, u, so an id read over the phone is not misheard.
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;

function encodeTime(milliseconds: number): string {
  let rest = milliseconds;
  let text = "";
  for (let index = 0; index < TIME_LENGTH; index += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/**
 * A new prefixed, time-sortable id such as `cnv_01k…` (48 bits of time, 80 of randomness).
 *
 * @param kind which row the id is for
 * @param at time to encode; a seeder passes the past so that sorting by id follows the story it tells
 */
export function newId(kind: IdKind, at: Date = new Date()): string {
  const random = crypto.getRandomValues(new Uint8Array(RANDOM_LENGTH));
  let tail = "";
  for (const byte of random) {
    tail += ALPHABET.charAt(byte % 32);
  }
  return `${ID_PREFIX[kind]}_${encodeTime(at.getTime())}${tail}`;
}

/** True for a well-formed id of that kind; says nothing about whether the row exists. */
export function isId(kind: IdKind, value: string): boolean {
  return new RegExp(`^${ID_PREFIX[kind]}_[0-9a-hjkmnp-tv-z]{26}$`).test(value);
}
