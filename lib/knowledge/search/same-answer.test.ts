import { describe, expect, it } from "vitest";
import { confidenceOf } from "./confidence";
import { EntryIndex, EntryIndexBuilder } from "./entry-index";

const OTHERS = ["怎么开发票", "能不能换尺码", "门店几点开门", "优惠券怎么用", "怎么联系人工客服", "会员积分怎么查"];

async function indexWith(doubled: boolean): Promise<EntryIndex> {
  const builder = new EntryIndexBuilder();
  const entry = (id: string, question: string, answer: string) => ({
    id,
    question,
    answer,
    variants: [],
    language: "zh-CN",
  });
  await builder.add([
    entry("shipping", "下单以后多久发货", "付款后 24 小时内发出。"),
    ...(doubled ? [entry("copy", "下单之后多久发货", "付款后24小时内发出")] : []),
    ...OTHERS.map((question, place) => entry(`other${place}`, question, `${question}：请看帮助。`)),
  ]);
  return new EntryIndex(await builder.build(true));
}

const best = (index: EntryIndex, question: string) => {
  const [found] = index.search(question, 5).found;
  return { id: found?.id ?? "", confidence: found ? confidenceOf(found.features) : 0 };
};

describe("an answer that stands in two collections", () => {
  it("keeps the confidence it has when it stands in one", async () => {
    const question = "我下单了多久可以发货呀";
    const once = best(await indexWith(false), question);
    const twice = best(await indexWith(true), question);
    expect(once.id).toBe("shipping");
    expect(["shipping", "copy"]).toContain(twice.id);
    expect(twice.confidence).toBeGreaterThan(once.confidence - 0.1);
  });
});
