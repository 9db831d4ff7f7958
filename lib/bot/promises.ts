/**
 * What a shop must not say unless a source says it, in both languages: each group stands for one kind of promise, and
 * what of it an answer holds, the sources must hold too (no invented discount, OWASP LLM09).
 */
const PROMISES: readonly RegExp[] = [
  /免费|免单|包邮|不收费|不要钱|\bfree\b|complimentary|no charge/iu,
  /赠送|赠品|送你|送您|白送|\bgift|\bbonus/iu,
  /折扣|打折|优惠|立减|满减|代金券|\bdiscount|\bcoupon|\bvoucher|% off/iu,
  /半价|对折|骨折价?|买.{1,2}[送赠].|第二[件杯个双]|\bhalf[- ](?:price|off)\b|\b(?:two|2) for (?:one|1)\b|\bbogo\b|\bbuy one get\b/iu,
  /双倍|翻倍|加倍|[两三]倍|一半|\b(?:doubled?|tripled?|twice (?:the|your|as))\b/iu,
  /赔|补偿|compensat/iu,
  /红包|返现|cash ?back/iu,
  /手续费|服务费|押金|保证金|滞纳金|违约金|\b(?:service|handling|processing|late|cancellation) fees?\b|\bdeposit/iu,
  /全额|\bfull refund\b|\bin full\b/iu,
  /(?:不用|无需|不必|不需要)(?:退货|退回|寄回|归还|还)|东西(?:你|您)?留着|\bkeep (?:the|your) (?:item|product|goods)\b|\bwithout returning\b/iu,
  /保证|承诺|担保|guarantee|\bpromise/iu,
  /无理由|不限次数|永久|终身|\blifetime|\bunlimited|no questions asked/iu,
  /今晚|明[天早日晚]|后天|下周|下个?月|月底|年底|秒到|实时到账|\b(?:tomorrow|tonight|overnight|next (?:week|month|monday|day)|fortnight|instantly)\b/iu,
  // Where money or secrets are to be sent, or somebody to be met: what a swindler would have said.
  /转账|汇款|打款|(?:钱|款|费用?)(?:打|转|汇)(?:到|给|入)|(?:微信|支付宝|扫码|银行卡)[上里]?转|转(?:给)?我|\b(?:wire|transfer|send)\b.{0,20}\b(?:money|payments?|funds)\b|\biban\b/iu,
  /密码|验证码|\bpasswords?\b|\b(?:verification|security) codes?\b|\bpin code/iu,
  /(?:发|告诉|提供|报|给)(?:给|一下)?(?:我们?|客服)?.{0,8}(?:身份证|银行卡|卡号|有效期|cvv)|\b(?:send|give|tell|provide|share|enter)\b.{0,24}\b(?:card|id|passport|social security|account)(?: (?:number|details|info))/iu,
  /(?:加|添加|联系|私聊|关注).{0,6}(?:微信|qq|vx|v信|扣扣|电报|群|公众号)|微信号|(?:^|[^a-z])(?:qq|vx)\s*[:：]?\s*\d{5}|telegram|whatsapp|\bwechat (?:id|account)\b|(?<![\w.])@[a-z0-9_]{4,}/iu,
  /扫(?:描|一扫)?(?:这个|下方|这|此)?(?:二维)?码.{0,4}(?:付|退|领|转|加)|\bscan (?:this|the) (?:qr )?code to (?:pay|get|claim|transfer)/iu,
];

const AFFAIR = "订单|退款|退货|换货|申请|包裹|账号|账户|发票|投诉|积分|款项|赔付";
const DONE =
  "通过|批准|同意|完成|成功|取消|关闭|到账|退回|退还|办好|办理|处理好|处理完|解决|恢复|解锁|冻结|发出|寄出|开好|修改|改好";

/** What only a person or a system may do, said as done or granted. What is only supposed ("如果订单已发货", "once …") is not. */
const GRANTS: readonly RegExp[] = [
  /(?:给|送|发|补|赠)(?:你|您)(?:一|两|几|[\d１-９])/iu,
  /(?:已经?|马上|立即)(?:为|给|帮|替)(?:你|您|该|这位)/iu,
  new RegExp(
    `(?<![如若等当旦果是后][^，。！？\\n]{0,6})(?:你|您|这笔|该)的?(?:${AFFAIR})[^，。！？\\n]{0,4}(?:已经?|成功|都)?(?:${DONE})了`,
    "u",
  ),
  new RegExp(
    `(?:^|[。！？!?\\n，,])\\s*(?:你的?|您的?|这笔|该)?(?:${AFFAIR})已经?(?:${DONE})了?\\s*(?:$|[。！!\\n，,]\\s*(?![则可就请]))`,
    "u",
  ),
  /\bi(?:'ve| have|'ll| will)(?: just)? (?:give|given|grant|granted|issue|issued|refund|refunded|add|added|send|sent|credit|credited|cancel(?:led)?)\b/iu,
  /\bhere is your (?:coupon|voucher|refund|gift)/iu,
  /(?<!\b(?:if|once|when|after|until|unless|while|that|whether)\s(?:\w+\s)?)\byour (?:refund|order|request|return|claim|account|coupon|parcel)(?: request)? (?:has been|is now|was|have been|has just been) (?:approved|cancel(?:l)?ed|processed|issued|granted|completed|shipped|accepted|unlocked|refunded)\b/iu,
  /(?:^|[.!?,]\s*)(?:full )?refund (?:is |has been |was )?(?:approved|granted|issued)\b/iu,
];

/** "满 100 减 99": the two numbers of an offer belong together. */
const DEAL = /满\d+(?:元|块)?(?:立)?(?:减|送|返|打)\d+|\d+%off/giu;

const squeeze = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/gu, "");

/** An offer, or something said as done, that no source says. Pure. */
export function foreignPromise(text: string, sources: string): string | undefined {
  const promise = [...PROMISES, ...GRANTS].find((words) => words.test(text) && !words.test(sources));
  const known = squeeze(sources);
  return (
    promise?.exec(text)?.[0] ??
    squeeze(text)
      .match(DEAL)
      ?.find((deal) => !known.includes(deal))
  );
}
