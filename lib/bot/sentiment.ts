import { simplified } from "@/lib/platform/text/chinese-script";
import { NEGATIVE_CHINESE, NEGATIVE_ENGLISH, POSITIVE_CHINESE, POSITIVE_ENGLISH } from "./sentiment-words";

export type Sentiment = "positive" | "neutral" | "negative";

export interface SentimentReading {
  readonly sentiment: Sentiment;
  /** Sum of what was found, above 0 for praise. */
  readonly score: number;
  /** Judging words that were found. */
  readonly words: number;
}

const HAN = /\p{Script=Han}/u;
const NEGATION = /(?:不|没|没有|无|别|未|不是|不太|不够|不怎么|不算|并不|毫无|谈不上|称不上|算不上|缺乏)$/u;
const STRONG = /(?:很|非常|太|超|超级|特别|十分|极|极其|最|真|真的|实在|相当|巨|好|完全|根本|一点都|一点也)$/u;
const STRONG_WEIGHT = 1.4;
const WEAK_WEIGHT = -0.3;

const chinese = new Map<string, number>();
for (const word of POSITIVE_CHINESE) {
  chinese.set(word, Math.min(1.6, 0.7 + 0.3 * word.length));
}
for (const word of NEGATIVE_CHINESE) {
  chinese.set(word, -Math.min(1.8, 0.8 + 0.3 * word.length));
}
/** Words that blame only a little: they stand in praise too ("就是房间小了"). */
const WEAK =
  "一般 远 太远 小了 大了 少 少了 不能 不会 问题 不足 缺点 旧 陈旧 普通 无法 不太 可惜 遗憾 冷 酸 硬 晚 取消 慢 贵 破 油 吵 等了 一般般 改进 改善 希望改进 有待 很小 太小 偏小 偏大 算了 居然 竟然 根本 不够 忘 忘了 卡 稀 断 骂 旧 解释 伤 缺 没法 不方便 潮湿 简陋 收费 小心 提醒大家 无奈 伤心 难过 吐 死 气 唉 哎 平平 不一样 没人 冰凉 凉 半天".split(
    " ",
  );
for (const word of WEAK) {
  chinese.set(word, WEAK_WEIGHT);
}
const CHINESE_MAX = Math.max(...[...chinese.keys()].map((word) => word.length));

function clauseScore(clause: string): { score: number; words: number } {
  let score = 0;
  let words = 0;
  for (let start = 0; start < clause.length; ) {
    let step = 1;
    for (let length = Math.min(CHINESE_MAX, clause.length - start); length > 0; length -= 1) {
      const value = chinese.get(clause.slice(start, start + length));
      if (value !== undefined) {
        const before = clause.slice(Math.max(0, start - 4), start);
        const strong = STRONG.test(before) ? STRONG_WEIGHT : 1;
        const negated = NEGATION.test(before.replace(/(?:很|太|是|那么|这么|特别|非常)$/u, ""));
        score += negated ? (value > 0 ? -1.1 : 0.4) : value * strong;
        words += 1;
        step = length;
        break;
      }
    }
    start += step;
  }
  return { score, words };
}

function readChinese(text: string): SentimentReading {
  let score = 0;
  let words = 0;
  for (const clause of text.split(/[，。！？；,.!?;~～\s]+/u)) {
    const found = clauseScore(clause);
    score += found.score;
    words += found.words;
  }
  return { sentiment: words === 0 ? "neutral" : score > 0 ? "positive" : "negative", score, words };
}

const praise = new Set(POSITIVE_ENGLISH);
const blame = new Set(NEGATIVE_ENGLISH);
const NOT_ENGLISH =
  /^(?:not|no|never|n't|don't|didn't|isn't|wasn't|can't|cannot|won't|doesn't|hardly|without|couldn't)$/u;

function readEnglish(text: string): SentimentReading {
  const tokens = text.toLowerCase().match(/[a-z]+(?:['-][a-z]+)*|:-?[)(d]|;\)|<3|[\p{Extended_Pictographic}]/gu) ?? [];
  let good = 0;
  let bad = 0;
  for (const [index, token] of tokens.entries()) {
    if (praise.has(token)) {
      const negated = tokens.slice(Math.max(0, index - 3), index).some((before) => NOT_ENGLISH.test(before));
      good += negated ? 0 : 1;
      bad += negated ? 1 : 0;
    } else if (blame.has(token)) {
      bad += 1;
    }
  }
  const words = good + bad;
  const score = good * 1.5 - bad;
  if (words === 0) {
    return { sentiment: "neutral", score, words };
  }
  return { sentiment: score > 0 ? "positive" : "negative", score, words };
}

/** Characters that are read; the feeling of a longer text is clear by then. */
const READ_MAX = 2_000;

/** How a message feels, by words of praise and blame in Chinese and English; no model. */
export function sentimentOf(message: string): SentimentReading {
  const text = message.slice(0, READ_MAX).normalize("NFKC").replaceAll("’", "'");
  return HAN.test(text) ? readChinese(simplified(text)) : readEnglish(text);
}
