import type { PageContext } from "@/db/schema/conversations";
import { pick } from "./random";

const PLACES = [
  ["广东省", "广州市"],
  ["广东省", "深圳市"],
  ["北京", "北京市"],
  ["上海", "上海市"],
  ["浙江省", "杭州市"],
  ["江苏省", "南京市"],
  ["湖北省", "武汉市"],
  ["四川省", "成都市"],
] as const;
const REFERRERS = [
  "",
  "",
  "https://www.baidu.com/s",
  "https://www.xiaohongshu.com/explore",
  "https://qinghe.example/orders",
];
const BROWSERS = [
  "Mozilla/5.0 (Linux; Android 15; Mobile) AppleWebKit/537.36 MicroMessenger/8.0.60",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0",
];
const TOPICS: readonly (readonly [topic: string, words: RegExp])[] = [
  ["退款退货", /退|refund|return/i],
  ["物流配送", /快递|物流|发货|送到|自提|deliver|parcel|pick.?up/i],
  ["订单支付", /订单|支付|付款|order|pay/i],
  ["优惠会员", /优惠|券|会员|积分|coupon|member/i],
  ["发票", /发票|invoice/i],
  ["账号", /账号|登录|密码|account|password/i],
];

/** Where a visitor of the demo comes from. */
export function originOf(random: () => number): PageContext {
  const [region, city] = pick(random, PLACES);
  const referrer = pick(random, REFERRERS);
  return {
    place: { country: "中国", region, city },
    userAgent: pick(random, BROWSERS),
    ...(referrer && { referrer }),
  };
}

/** What a dialogue is about, by the words it begins with; null where they do not say. */
export function topicOf(words: string): string | null {
  return TOPICS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}
