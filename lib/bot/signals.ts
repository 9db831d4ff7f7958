import { languageOf } from "./message-language";
import { asksForPerson } from "./person-request";
import { type Sentiment, sentimentOf } from "./sentiment";

/** What a visitor's words say beside their question. Pure: rules in Chinese and English, no model. */
export interface Signals {
  /** Asks for a person; always wins. */
  readonly wantsPerson: boolean;
  /** Wants to begin again. */
  readonly wantsReset: boolean;
  readonly smallTalk: "greeting" | "thanks" | "goodbye" | null;
  /** Angry or let down. */
  readonly negative: boolean;
  /** Money taken, account stolen, law: a person should look at it too. */
  readonly sensitive: boolean;
  /** How the words feel; `negative` is narrower and asks for a person's eye. */
  readonly sentiment: Sentiment;
  /** Cannot wait: a deadline, danger, or asked for at once. */
  readonly urgent: boolean;
  /** Language to answer in; undefined when the words tell nothing. */
  readonly language: "zh-CN" | "en" | undefined;
}

const RESET =
  /^[^\p{L}\p{N}]*(重置|重新开始|重新来|重来|清空(对话|会话|聊天|记录)?|清除(对话|会话|记录)|新(的)?(对话|会话)|\/?reset|\/?restart|start over|new (chat|conversation)|clear( (chat|conversation|history))?)[^\p{L}\p{N}]*$/iu;

const TAIL = "[\\s!！。.,，~～?？、呀啊哦呢吧哈^_)(:：)]*";
const GREETING = new RegExp(
  `^(你好|您好|嗨|哈喽|哈啰|在吗|在么|在不在|有人吗|有人在吗|早|早上好|上午好|中午好|下午好|晚上好|亲|喂|hi|hello|hey|hiya|good (morning|afternoon|evening)|anyone there|are you there|greetings)( there| all)?${TAIL}(在吗|在么|你好|您好)?${TAIL}$`,
  "iu",
);
const THANKS = new RegExp(
  `^(好的?|行|嗯+|ok|okay|知道了|明白了|了解了?|great|perfect|got it|cool)?${TAIL}(谢谢(你|您|啦|了|亲)?|多谢|感谢|谢了|辛苦了?|3q|thx|thanks|thank you|ty|cheers|much appreciated)( so much| very much| a lot| you)?${TAIL}$`,
  "iu",
);
const GOODBYE = new RegExp(
  `^(再见|拜拜|拜|88|回头见|没(有)?(别的|其他)?(事|问题)了|bye|bye bye|goodbye|see you|good night|晚安|that's all|that is all|nothing else)( now| later)?${TAIL}$`,
  "iu",
);

const NEGATIVE =
  /(垃圾|骗子|骗人|坑人|太差|差劲|恶心|气死|生气|愤怒|无语|投诉|举报|曝光|什么破|破(平台|店|系统|软件)|烂|滚|傻|智障|废物|没人管|受够|失望|不满意|态度差|忽悠|耍我|浪费时间|答非所问|听不懂人话)|\b(angry|furious|terrible|awful|horrible|worst|useless|scam|fraud|ridiculous|unacceptable|disgusting|pathetic|stupid|garbage|rubbish|bullshit|wtf|complain|complaint|disappointed|fed up|waste of time|rip-?off)\b/iu;

const SENSITIVE =
  /(盗刷|被盗|盗号|诈骗|被骗|报警|起诉|律师|法院|消协|消费者协会|12315|工商|重复扣|多扣|乱扣|私自扣|泄露|受伤|过敏|自杀|轻生)|\b(lawyer|lawsuit|sue|legal action|police|stolen|hacked|unauthori[sz]ed|chargeback|charged twice|double charged|injur(y|ed)|data breach|suicid(e|al))\b/iu;

const URGENT =
  /(急急|很急|着急|急用|急需|急死|加急|紧急|十万火急|火烧眉毛|马上就要|今天(?:就要|之内|必须|一定要)|来不及|赶时间|赶不上|立刻|马上处理|尽快处理|快点处理|赶紧处理|在线等|等不了|明天(?:就要|早上就|考试|要用)|最后期限|截止)|\b(urgent(?:ly)?|asap|as soon as possible|emergency|immediately|right now|right away|at once|deadline|can'?t wait|cannot wait|running out of time|by (?:today|tonight|tomorrow)|need (?:it|this|them) (?:today|tonight|tomorrow|now))\b/iu;

/** Reads the signals of a message. */
export function signalsOf(message: string): Signals {
  const text = message.normalize("NFKC").replaceAll("’", "'").trim();
  return {
    wantsPerson: asksForPerson(text),
    wantsReset: RESET.test(text),
    smallTalk: GREETING.test(text) ? "greeting" : THANKS.test(text) ? "thanks" : GOODBYE.test(text) ? "goodbye" : null,
    negative: NEGATIVE.test(text),
    sensitive: SENSITIVE.test(text),
    sentiment: sentimentOf(text).sentiment,
    urgent: URGENT.test(text),
    // As it was typed: full-width marks tell a Chinese keyboard.
    language: languageOf(message),
  };
}

/** The signals of several messages that are answered together: pleasantries count only when there is nothing else. */
export function signalsOfTurn(messages: readonly string[]): Signals {
  const all = messages.map(signalsOf);
  const last = all.at(-1);
  return {
    wantsPerson: all.some((signals) => signals.wantsPerson),
    wantsReset: last?.wantsReset ?? false,
    smallTalk: all.every((signals) => signals.smallTalk) ? (last?.smallTalk ?? null) : null,
    negative: all.some((signals) => signals.negative),
    sensitive: all.some((signals) => signals.sensitive),
    sentiment: sentimentOf(messages.join("\n")).sentiment,
    urgent: all.some((signals) => signals.urgent),
    language: languageOf(messages.join(" ")),
  };
}
