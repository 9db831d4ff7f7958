import { describe, expect, it } from "vitest";
import { signalsOf, signalsOfTurn } from "./signals";

describe("a wish for a person", () => {
  it.each([
    "转人工",
    "转人工！",
    "转 人工",
    "人工",
    "人工客服",
    "我要人工客服",
    "我要找人",
    "找人工",
    "能不能转人工啊",
    "给我转接真人",
    "我要真人",
    "换个人来",
    "叫个活人",
    "转客服",
    "我要找客服",
    "有真人吗",
    "有人工客服吗",
    "帮我接入人工",
    "不要机器人",
    "我想和真人聊",
    "人呢",
    "请帮我转一下人工",
    "我要投诉，转人工",
    "talk to a human",
    "I want to speak to a real person",
    "agent please",
    "Agent",
    "human",
    "can I talk to someone",
    "connect me to customer service",
    "let me chat with a representative",
    "transfer me to an agent",
    "is there a live person here",
    "I need a human",
    "live agent pls",
    "not a bot please",
    "speak with your manager",
  ])("is heard in 「%s」", (text) => {
    expect(signalsOf(text).wantsPerson).toBe(true);
  });

  it.each([
    "怎么退款？",
    "人工费怎么算",
    "转人工要钱吗",
    "人工客服几点上班",
    "帮我找一下订单",
    "换货怎么弄",
    "客服电话是多少",
    "可以送人吗",
    "我买来送人的",
    "how do I get a refund",
    "what are customer service hours",
    "can someone else pick up my parcel",
    "human hair wig",
    "is the agent discount valid",
    "重新下单",
    "退款多久到账",
    "我们宿舍有人签收",
    "要几个人拼团",
  ])("is not read into 「%s」", (text) => {
    expect(signalsOf(text).wantsPerson).toBe(false);
  });
});

it.each(["重置", "reset", "/reset", "重新开始", "清空对话", "Start over", "new conversation"])(
  "「%s」 begins again",
  (text) => {
    expect(signalsOf(text).wantsReset).toBe(true);
  },
);

it.each(["重置密码", "怎么清空购物车", "reset my password"])("「%s」 is a question", (text) => {
  expect(signalsOf(text).wantsReset).toBe(false);
});

it.each([
  ["你好", "greeting"],
  ["在吗？", "greeting"],
  ["hello!", "greeting"],
  ["Hi there", "greeting"],
  ["你好 在吗", "greeting"],
  ["谢谢", "thanks"],
  ["好的，谢谢啦～", "thanks"],
  ["thank you so much", "thanks"],
  ["ok thanks!", "thanks"],
  ["再见", "goodbye"],
  ["没有其他问题了", "goodbye"],
  ["bye", "goodbye"],
  ["你好，怎么退款", null],
  ["谢谢，那运费谁出", null],
  ["hi, where is my order", null],
])("「%s」 is %s", (text, smallTalk) => {
  expect(signalsOf(text).smallTalk).toBe(smallTalk);
});

it.each([
  ["你们就是骗子", true],
  ["this is ridiculous", true],
  ["太慢了，等了一周，很失望", true],
  ["怎么退款", false],
  ["where is my parcel", false],
])("「%s」 is angry: %s", (text, negative) => {
  expect(signalsOf(text).negative).toBe(negative);
});

it.each([
  ["我的账号被盗了", true],
  ["you charged twice", true],
  ["我要起诉你们", true],
  ["忘记密码了", false],
])("「%s」 is grave: %s", (text, sensitive) => {
  expect(signalsOf(text).sensitive).toBe(sensitive);
});

it.each([
  ["我想自杀", { crisis: true, sensitive: true }],
  ["活着没意思", { crisis: true }],
  ["I want to kill myself", { crisis: true }],
  ["跳楼价的耳机", { crisis: false }],
  ["想死你了", { crisis: false }],
  ["充电宝炸了把手烫伤了", { hurt: true, sensitive: true }],
  ["the kettle exploded", { hurt: true }],
  ["怎么退款", { hurt: false, crisis: false, sensitive: false }],
  ["騙子", { negative: true }],
  ["fuck you", { negative: true }],
  ["my parcel is lying at the door", { negative: false }],
])("「%s」 means %o", (text, expected) => {
  expect(signalsOf(text)).toMatchObject(expected);
});

it("hears a person asked for in any of several messages, and pleasantries only when nothing else is said", () => {
  expect(signalsOfTurn(["转人工", "快点"]).wantsPerson).toBe(true);
  expect(signalsOfTurn(["你好", "怎么退款"]).smallTalk).toBeNull();
  expect(signalsOfTurn(["你好", "在吗"]).smallTalk).toBe("greeting");
});
