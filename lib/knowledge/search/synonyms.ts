import { stem } from "./stem";

/**
 * Ways to say the same thing at a shop's service desk, written for this product. A group's first word is its name.
 * Chinese words are looked for anywhere in the text (word borders differ between segmenters); Latin ones match as
 * whole words, by their stem. Words that mean different things at different shops are left out.
 */
const GROUPS: readonly string[] = [
  "refund 退款 退钱 退费 返款 钱退 退回来的钱 refund refunds reimburse reimbursement",
  "return 退货 退掉 退回去 无理由 退换 寄回 return returns",
  "exchange 换货 调换 换一件 换一个 换尺码 换码 退换 exchange swap replace replacement",
  "shipping 发货 寄出 出库 配送 送货 派送 delivery deliver shipping ship shipment dispatch",
  "courier 快递 物流 包裹 运单 parcel package tracking track courier",
  "freight 运费 邮费 包邮 快递费 配送费 postage",
  "address 地址 收件 address",
  "cancel 取消 撤销 不想要 不要了 撤单 cancel cancellation",
  "order 订单 下单 单子 下的单 购买 order purchase bought buy",
  "pay 支付 付款 付钱 结账 买单 payment paid pay checkout",
  "charge 扣款 扣费 重复扣 多扣 charge overcharged",
  "coupon 优惠券 折扣券 代金券 优惠码 抵用券 满减 coupon voucher promo discount",
  "points 积分 points reward rewards loyalty",
  "member 会员 等级 vip member membership",
  "invoice 发票 开票 报销凭证 电子票 invoice receipt",
  "password 密码 口令 password passcode",
  "login 登录 登陆 登不上 登入 进不去 login signin sign log",
  "register 注册 开户 新账号 register signup registration",
  "account 账号 账户 帐号 帐户 account profile",
  "phone 手机号 电话号码 绑定手机 换号 phone mobile cellphone",
  "close-account 注销 销号 删除账号 删号 deactivate delete",
  "verification 验证码 校验码 短信码 verification otp",
  "pickup 自提 取货 取件 提货 自取 代取 collect pickup collection pick",
  "campus 校园 学校 校内 宿舍 寝室 校区 dorm campus university college",
  "student 学生证 学籍 在校生 学生 student",
  "broken 坏了 损坏 破损 碎了 破了 瑕疵 质量问题 次品 defect defective faulty damaged broken cracked",
  "missing 少件 漏发 缺件 少发 少了 没收到 丢件 丢了 丢失 missing lost",
  "wrong 发错 错发 不对版 寄错 货不对板 wrong incorrect",
  "warranty 保修 维修 质保 修理 repair warranty guarantee",
  "stock 缺货 有货 库存 补货 断货 到货通知 stock restock available",
  "price 价格 多少钱 价钱 售价 price cost",
  "price-match 保价 价保 降价 买贵",
  "late 延迟 太慢 还没到 还没发 迟迟 超时 late delay delayed",
  "duration 多久 多长时间 几天 什么时候 何时 long soon",
  "hours 营业时间 上班时间 工作时间 几点 开门 关门 hours opening closing",
  "contact 联系方式 客服电话 联系客服 热线 hotline contact",
  "complaint 投诉 举报 维权 complain complaint",
  "change 修改 更改 改一下 变更 更换 换成 edit modify change update",
  "reject 拒收 不签收 refuse reject",
  "sign-for 签收 收到货 确认收货 confirm",
  "gift 礼物 礼品 赠品 送人 gift",
  "review 评价 评论 晒单 review rating",
  "size 尺码 大小 码数 尺寸 size",
  "genuine 正品 真假 假货 授权 authentic genuine fake counterfeit",
  "installment 分期 花呗 白条 先用后付 installment instalment",
  "second-hand 二手 闲置 旧书 secondhand",
  "privacy 隐私 个人信息 泄露 privacy",
];

interface Table {
  /** Han words to look for inside the text, with their group. */
  readonly inside: readonly (readonly [word: string, group: string])[];
  /** Latin stems with their groups. */
  readonly whole: ReadonlyMap<string, readonly string[]>;
}

function build(): Table {
  const inside: [string, string][] = [];
  const whole = new Map<string, string[]>();
  for (const line of GROUPS) {
    const [name = "", ...rest] = line.split(" ");
    const group = `~${name}`;
    for (const word of rest) {
      if (/[\u3400-\u9fff]/u.test(word)) {
        inside.push([word, group]);
      } else {
        const root = stem(word);
        whole.set(root, [...new Set([...(whole.get(root) ?? []), group])]);
      }
    }
  }
  return { inside, whole };
}

const table = build();

/** Groups that a text names: `clean` is the normalised text, `words` its words. Each group once. */
export function conceptsIn(clean: string, words: readonly string[]): string[] {
  const found = new Set<string>();
  for (const [word, group] of table.inside) {
    if (clean.includes(word)) {
      found.add(group);
    }
  }
  for (const word of words) {
    for (const group of table.whole.get(word) ?? []) {
      found.add(group);
    }
  }
  return [...found];
}

/** Groups of one word alone, so that a word can be matched by its meaning. */
export function conceptsOfWord(word: string): readonly string[] {
  return table.whole.get(word) ?? table.inside.filter(([known]) => known === word).map(([, group]) => group);
}
