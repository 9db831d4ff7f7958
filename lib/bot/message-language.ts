import { traditionalCharacters } from "@/lib/platform/text/chinese-script";

const HAN = /[\u3400-\u9fff\uf900-\ufaff]/gu;
const LATIN = /\p{Script=Latin}+/gu;
/** Marks that only a Chinese (or Japanese) keyboard has. */
const CHINESE_MARKS = /[，。？！：；、（）「」『』《》【】]/u;
/** A number of an order, a parcel, a model: letters and digits in one. */
const CODE = /^(?=.*\d)[a-z\d][a-z\d_/.-]*$/iu;
/** Makers, services and wares that both languages call by the same name. */
const NAMES = new Set(
  `adidas alipay amazon android apple asus bilibili bluetooth chrome dell dhl dji douyin ebay ems facebook fedex firefox
  github gmail google gopro harmonyos hp huawei ikea instagram intel ios ipad iphone jd lenovo linkedin linux logitech mac
  macbook mastercard meituan microsoft nike nintendo oppo outlook paypal pinduoduo playstation qq safari samsung sf shopee
  sony spotify taobao telegram temu tesla tiktok tmall twitter ubuntu unionpay ups usb visa vivo wechat weibo weixin
  whatsapp wifi windows xbox xiaomi youtube`.split(/\s+/u),
);
/** What follows such a name and is part of it ("Apple Pay", "iPhone 15 Pro"). */
const SUFFIXES = new Set("air card max mini pay play plus pro store ultra watch".split(" "));

/** True for words that are names or codes alone: they stand the same in a message of either language. */
function namesAlone(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}\d][\p{L}\d_/.-]*/gu) ?? [];
  const named = words.filter((word) => CODE.test(word) || NAMES.has(word));
  return (
    named.length > 0 && words.every((word) => named.includes(word) || SUFFIXES.has(word) || /^[\d.]+$/u.test(word))
  );
}

/** Letters of languages that are neither: Han characters among them tell nothing. */
const OTHER_LETTERS = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

const SYLLABLE =
  /^(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ui|un|uo|ue|ve|a|e|i|o|u|v)){1,4}$/u;
/** Syllables and words of Chinese in Latin letters that are no English words. */
const PINYIN = new Set(
  `wo ni nimen yao tui kuan tuikuan huo tuihuo zen zenme shenme duojiu duoshao qian kuaidi kuai fahuo dingdan
  yunfei baoyou fapiao youhui youhuiquan kefu rengong zhuan xiang xiangyao keyi nihao xiexie zai nali dao shou huan mai
  huanhuo dizhi mima jifen daozhang duo shao jiu bao`.split(/\s+/u),
);

/** True for Chinese that was typed in Latin letters ("wo yao tuikuan"). */
function isPinyin(text: string): boolean {
  const words = text.toLowerCase().match(/\p{Script=Latin}+/gu) ?? [];
  const known = words.filter((word) => PINYIN.has(word)).length;
  return known > 0 && known * 2 >= words.length && words.every((word) => SYLLABLE.test(word));
}

/** Words that people of either language type ("ok", "thx"): alone they tell less than what was said before. */
const BORROWED =
  /^(?:\P{L}*(?:ok(?:ay)?|k|thx|tks|thanks?|thank you|ty|hi+|hello+|hey+|bye(?:-?bye)?|yes|yep|no|nope|pls|please|plz|lol|wow|cool|nice|good|great|perfect|help|sorry|hmm+))+\P{L}*$/iu;

export const isBorrowed = (text: string): boolean => BORROWED.test(text);

/**
 * The language of a message as it was typed: Chinese as soon as Han characters stand beside Latin words of no greater
 * number, or Latin words between marks of a Chinese keyboard. Undefined where nothing tells: numbers, signs, names.
 */
export function languageOf(text: string): "zh-CN" | "en" | undefined {
  const han = text.match(HAN)?.length ?? 0;
  const words = text.match(LATIN)?.length ?? 0;
  if (OTHER_LETTERS.test(text) || (han === 0 && (words === 0 || namesAlone(text)))) {
    return undefined;
  }
  if (han === 0 && isPinyin(text)) {
    return "zh-CN";
  }
  return han >= words || (han === 0 && CHINESE_MARKS.test(text)) ? "zh-CN" : "en";
}

/** How Chinese is written; undefined without Han characters. Texts whose characters are the same in both are simplified. */
export function scriptOf(text: string): "simplified" | "traditional" | undefined {
  if (!text.match(HAN)) {
    return undefined;
  }
  return traditionalCharacters(text) > 0 ? "traditional" : "simplified";
}
