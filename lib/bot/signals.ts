import { simplified } from "@/lib/platform/text/chinese-script";
import { languageOf } from "./message-language";
import { asksForPerson } from "./person-request";
import { type Pleasantry, pleasantryOf, saysNotHelpful } from "./pleasantries";
import { type Sentiment, sentimentOf } from "./sentiment";

/** What a visitor's words say beside their question. Pure: rules in Chinese and English, no model. */
export interface Signals {
  /** Asks for a person; always wins. */
  readonly wantsPerson: boolean;
  /** Wants to begin again. */
  readonly wantsReset: boolean;
  readonly smallTalk: Pleasantry | null;
  /** Says that the last answer was none, and nothing else. */
  readonly notHelpful: boolean;
  /** Angry or let down. */
  readonly negative: boolean;
  /** Money taken, account stolen, law, somebody hurt: a person should look at it too. */
  readonly sensitive: boolean;
  /** Speaks of ending their life: no answer of a machine, and no apology for an "experience". */
  readonly crisis: boolean;
  /** Somebody was hurt, fell ill or is in danger: sensitive, with words that fit. */
  readonly hurt: boolean;
  /** How the words feel; `negative` is narrower and asks for a person's eye. */
  readonly sentiment: Sentiment;
  /** Cannot wait: a deadline, danger, or asked for at once. */
  readonly urgent: boolean;
  /** Language to answer in; undefined when the words tell nothing. */
  readonly language: "zh-CN" | "en" | undefined;
}

const RESET =
  /^[^\p{L}\p{N}]*(重置|重新开始|重新来|重来|清空(对话|会话|聊天|记录)?|清除(对话|会话|记录)|新(的)?(对话|会话)|\/?reset|\/?restart|start over|new (chat|conversation)|clear( (chat|conversation|history))?)[^\p{L}\p{N}]*$/iu;

const NEGATIVE =
  /((?:态度|服务|质量|体验).{0,3}差|垃圾|骗子|骗人|坑人|太差|差劲|恶心|气死|生气|愤怒|无语|投诉|举报|曝光|什么破|破(平台|店|系统|软件|机器人|东西|玩意|客服|快递|公司|网站|app)|烂|滚|傻|智障|废物|没人管|受够|失望|不满意|态度差|忽悠|耍我|浪费时间|答非所问|(?:听不懂|不会说|会说)人话|他妈|妈的|尼玛|你妈(?:的|逼)|操你|草你|艹|狗屎|狗东西|去死|脑残|有病吧|神经病|王八|畜生|人渣|不要脸|无耻|黑店|黑心|奸商|流氓|踢皮球|推卸责任|糊弄|敷衍|欺负人|霸王条款|欺骗|cnm|nmsl|tmd|😡|🤬|😠|💢|🖕|👎)|\b(angry|furious|terrible|awful|horrible|worst|useless|scam|fraud|ridiculous|unacceptable|disgusting|pathetic|stupid|garbage|rubbish|bullshit|wtf|complain|complaint|disappointed|fed up|waste of time|rip-?off|f+u+c+k\w*|fck|shit\w*|bull ?crap|crap|sucks?|damn|idiots?|idiotic|morons?|dumb|asshole|bastards?|bitch|liars?|cheat(?:ers?|ed|ing)|thie(?:f|ves)|scammers?|screw (?:you|this)|go to hell|stfu|hate (?:you|this)|shame on you|joke of a)\b/iu;

const SENSITIVE =
  /(盗刷|被盗|盗号|诈骗|被骗|报警|起诉|律师|法院|消协|消费者协会|12315|工商|重复扣|多扣|乱扣|私自扣|泄露|冒充|假客服|钓鱼(?:网站|链接|短信)|让我(?:转账|汇款|打钱|(?:提供|发|报)验证码)|赔偿|索赔|(?:账号|账户|号)被(?:人|别人)?(?:登|用)|(?:钱|余额|存款)(?:没了|不见了|少了\d|被转走))|\b(lawyer|lawsuit|sue|legal action|police|stolen|hacked|unauthori[sz]ed|chargeback|charged twice|double charged|data breach|phishing|impersonat(?:e|ed|ing|or)|scammed|compensation|compensate|someone (?:else )?(?:used|logged in(?:to)?) my account)\b/iu;

const HURT =
  /(受伤|过敏|烫伤|烧伤|灼伤|割伤|划伤|扎伤|砸伤|触电|漏电|爆炸|炸了|炸伤|起火|着火|冒烟|自燃|中毒|误食|误吞|吞了|拉肚子|腹泻|呕吐|上吐下泻|住院|送医|急诊|进医院|流血|出血|晕倒|昏迷|窒息)|\b(injur(?:y|ed|ies)|burn(?:ed|t)(?! out)|exploded?|explosion|caught fire|on fire|electric shock|electrocuted|poison(?:ed|ing)?|swallowed|allergic|allergy|rash|vomit(?:ed|ing)?|diarrh?oea|hospital|bleeding|choked|choking|fainted)\b/iu;

const CRISIS =
  /(自杀|轻生|不想活|活不下去|活着(?:没|有什么)意(?:思|义)|(?:^|我|真的?|好|只)想死(?:了|$|[吧，。！!])|结束(?:自己的?)?生命|了结自己|跳楼(?!价|甩|清|大)|割腕|自残)|\b(suicid(?:e|al)|kill(?:ing)? myself|end(?:ing)? my (?:own )?life|want to die|don'?t want to live|self[- ]?harm|hurt(?:ing)? myself)\b/iu;

const URGENT =
  /(急急|很急|着急|急用|急需|急死|加急|紧急|十万火急|火烧眉毛|马上就要|今天(?:就要|之内|必须|一定要)|来不及|赶时间|赶不上|立刻|马上处理|尽快处理|快点处理|赶紧处理|在线等|等不了|明天(?:就要|早上就|考试|要用)|最后期限|截止)|\b(urgent(?:ly)?|asap|as soon as possible|emergency|immediately|right now|right away|at once|deadline|can'?t wait|cannot wait|running out of time|by (?:today|tonight|tomorrow)|need (?:it|this|them) (?:today|tonight|tomorrow|now))\b/iu;

/** Reads the signals of a message. */
export function signalsOf(message: string): Signals {
  const typed = message.normalize("NFKC").replaceAll("’", "'").trim();
  const text = simplified(typed);
  const hurt = HURT.test(text);
  const crisis = CRISIS.test(text);
  return {
    wantsPerson: asksForPerson(text),
    wantsReset: RESET.test(text),
    smallTalk: pleasantryOf(text),
    notHelpful: saysNotHelpful(text),
    negative: NEGATIVE.test(text),
    sensitive: hurt || crisis || SENSITIVE.test(text),
    crisis,
    hurt,
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
    notHelpful:
      all.length > 0 &&
      all.every((signals) => signals.notHelpful || signals.smallTalk) &&
      all.some((signals) => signals.notHelpful),
    negative: all.some((signals) => signals.negative),
    sensitive: all.some((signals) => signals.sensitive),
    crisis: all.some((signals) => signals.crisis),
    hurt: all.some((signals) => signals.hurt),
    sentiment: sentimentOf(messages.join("\n")).sentiment,
    urgent: all.some((signals) => signals.urgent),
    language: languageOf(messages.join(" ")),
  };
}
