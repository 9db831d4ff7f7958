import { maskPrivateData } from "@/lib/platform/text/private-data";
import { signalsOf } from "./signals";

/** The question of a turn: its messages without the pleasantries among them. */
export function questionOf(texts: readonly string[]): string {
  const telling = texts.filter((text) => signalsOf(text).smallTalk === null);
  return (telling.length > 0 ? telling : texts).join(" ");
}

/** What names a detail that is handed over with it ("我的手机号是 …", "order no. …"). */
const DETAIL =
  "(?:(?:[我他她你您它]的?|收件人|联系|本人|下单|绑定|我室友|朋友)?(?:手机号?码?|电话号?码?|号码|身份证号?码?|卡号|银行卡号?|账号|单号|订单编?号|订单|运单号|快递单号|地址|住址|邮箱|微信号?)|(?:my |the |his |her )?(?:phone(?: number)?|mobile(?: number)?|number|order(?: number| no\\.?| id)?|tracking(?: number)?|id(?: card)?(?: number)?|card(?: number)?|e-?mail(?: address)?|address))";
/** Orders and parcels by their number: letters before eight digits and more, or digits alone. */
const CODE = "(?<![\\w.])(?:[A-Za-z]{1,4}[-_]?)?\\d{8,24}(?![\\w.])";
const GIVEN = new RegExp(
  `(?:${DETAIL})?\\s{0,3}(?:是|为|：|:|=|is|#){0,3}\\s{0,3}(?:\\[(?:EMAIL|ID_CARD|BANK_CARD|PHONE)\\]|[\u3400-\u9fff]{0,12}\\[ADDRESS\\]|${CODE})`,
  "giu",
);

/** A text without private data and numbers of orders, and without the words that hand them over. */
const withoutDetails = (text: string): string => maskPrivateData(text).replace(GIVEN, " ");

/** What acknowledges the last answer before a question begins ("好的，那发票呢"). */
const ACKNOWLEDGED =
  /^(?:(?:好的?|行|嗯+|哦+|ok(?:ay)?|知道了|明白了?|懂了|了解了?|收到|谢谢(?:你|您|啦|了)?|多谢|thanks|thank you|thx|got it|i see|great)(?:[\s，,。.!！~～、]+(?:but )?))+(?=\S)/iu;

/** The words of a turn that can be searched for; empty when it only hands over details. */
export function searchable(texts: readonly string[]): string {
  const words = withoutDetails(questionOf(texts)).trim().replace(ACKNOWLEDGED, "");
  return /[\p{L}\p{N}]/u.test(words) ? words : "";
}

const POLITE_LEAD =
  /^(?:[\s,，。.!！、~～:：]|亲爱的|亲(?!戚|子|友|自|手)|老板|掌柜的?|店家|客服|你好|您好|哈喽|在吗|在不|请教(?:一下|下)?|请问(?:一下|下)?|(?:我)?(?:就)?(?:先|再|想|要)?(?:咨询|问)(?:一下|下|问|个问题)|不是(?:这个|的)?(?=[\s,，。])|我(?:要|想)?(?:问|说|指)的是?|(?:我)?想(?:知道|了解)(?:一下|下)?|想问|麻烦(?:你|您)?(?:了)?|劳驾|那个|就是|对了|话说|顺便|帮(?:我|忙)(?:一下)?|给我|我(?:就)?(?:想要?|要|需要)|俺|咱们?|你们(?:这|家|店)?(?:里|边)?|hi|hello|hey|please|pls|(?:i(?:'d| would) (?:like|love) to (?:know|ask)|i (?:want|wanted|need) to (?:know|ask)|(?:can|could) you (?:please )?tell me|tell me|do you know|i was wondering|just wondering|quick question)(?: about| if| whether)?)(?![a-z])/iu;
const POLITE_TAIL =
  /(?:[\s,，。.!！?？~～]|[呀啊呗啦嘛哈哦]|谢谢(?:你|您|啦)?|咋整|咋办|怎么办|怎么整|在线等|亲|老板|please|pls|plz|thanks|thank you|asap)$/iu;
/** When it happened, which no entry names. */
const WHEN =
  /(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]?)?|\d{1,2}[号日](?!楼|线)|(?:大前|前|昨|今)(?:天|晚|早)|刚刚|刚才|上(?:个)?(?:周|星期|礼拜|月)[一二三四五六日天]?|(?<![a-z])(?:yesterday|last (?:week|month|night))(?![a-z])/giu;

/** Longer messages are stories, whose clauses are looked at one by one. */
const LONGEST = 240;

/** A question without what is said around it out of politeness, and without when it was; the same where there is nothing. */
export function bareQuestion(question: string): string {
  if (question.length > LONGEST) {
    return question;
  }
  let text = question.replace(WHEN, "").trim();
  for (const edge of [POLITE_LEAD, POLITE_TAIL]) {
    let before: string;
    do {
      before = text;
      text = text.replace(edge, "");
    } while (text !== before);
  }
  return text.trim();
}
