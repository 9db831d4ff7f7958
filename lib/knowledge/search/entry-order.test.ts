import { expect, it } from "vitest";
import { confidenceOf } from "./confidence";
import { EntryIndex, EntryIndexBuilder, type IndexedEntry } from "./entry-index";

const ENTRIES: readonly IndexedEntry[] = [
  ["退款多久到账？", "退款几天能到", "钱什么时候退回来"],
  ["怎么申请退款？", "想退款怎么弄", "不想要了能退吗"],
  ["退货运费谁出？", "退货邮费", "寄回去要自己付钱吗"],
  ["多久发货？", "什么时候发货", "下单几天发出"],
  ["运费怎么算？", "满多少包邮", "邮费多少"],
  ["怎么开发票？", "电子发票在哪", "能开专票吗"],
].map(([question = "", ...variants], index) => ({
  id: `entry-${index}`,
  question,
  variants,
  answer: `${question}的答案`,
  language: "zh-CN",
  validFrom: null,
  validUntil: null,
  channelIds: [],
  audience: "everyone",
}));

const QUESTIONS = ["钱多久能退回来", "那运费呢", "退货要寄到哪里", "发票怎么弄", "几天能发", "包邮吗", "退款 运费"];

async function asked(entries: readonly IndexedEntry[]): Promise<(readonly [string | undefined, number])[]> {
  const builder = new EntryIndexBuilder();
  await builder.add(entries);
  const index = new EntryIndex(await builder.build(true));
  return QUESTIONS.map((question) => {
    const [first] = index.search(question, 3).found;
    return [first?.id, first ? confidenceOf(first.features) : 0] as const;
  });
}

it("finds the same with the same confidence in whatever order the entries come: their ids are random", async () => {
  const before = await asked(ENTRIES);
  for (const shift of [1, 2, 3, 4, 5]) {
    const order = [...ENTRIES.slice(shift), ...ENTRIES.slice(0, shift).reverse()];
    for (const [place, [id, confidence]] of (await asked(order)).entries()) {
      expect([QUESTIONS[place], id]).toEqual([QUESTIONS[place], before[place]?.[0]]);
      expect(confidence).toBeCloseTo(before[place]?.[1] ?? -1, 4);
    }
  }
});
