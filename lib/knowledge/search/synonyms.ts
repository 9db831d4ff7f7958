import { stem } from "./stem";

/**
 * Ways to say the same thing at a shop's service desk, written for this product. A group's first word is its name.
 * Chinese words are looked for anywhere in the text (word borders differ between segmenters), English phrases
 * (`money_back`) too; Latin words match as whole words, by their stem. Words that mean different things at different shops are left out.
 */
const GROUPS: readonly string[] = [
  "refund 退款 退钱 退费 返款 钱退 退我钱 把钱退 退回来的钱 refund refundable reimburse reimbursement money_back get_back_money",
  "return 退货 退掉 退回去 无理由 退换 寄回 不喜欢 不合适 return returns send_back send_it_back",
  "exchange 换货 调换 换一件 换一个 换尺码 换码 退换 exchange swap replace replacement",
  "shipping 发货 寄出 出库 配送 送货 派送 delivery deliver shipping ship shipment dispatch",
  "courier 快递 物流 包裹 运单 parcel package tracking track courier",
  "freight 运费 邮费 包邮 快递费 配送费 免邮 postage delivery_fee delivery_cost shipping_fee shipping_cost",
  "address 地址 收件 address",
  "cancel 取消 撤销 不想要 不要了 撤单 cancel cancellation by_mistake don't_want_it not_want_it",
  "order 订单 下单 单子 下的单 购买 order purchase bought buy",
  "pay 支付 付款 付钱 结账 买单 payment paid pay checkout",
  "charge 扣款 扣费 重复扣 多扣 charge overcharged",
  "coupon 优惠券 折扣券 代金券 优惠码 抵用券 满减 领券 用券 券 coupon voucher promo",
  "points 积分 points reward rewards loyalty",
  "member 会员 等级 vip member membership",
  "invoice 发票 开票 报销 电子票 抬头 税号 invoice receipt fapiao tax",
  "password 密码 口令 password passcode",
  "login 登录 登陆 登不上 登入 进不去 上不去号 login signin log_in sign_in",
  "register 注册 开户 新账号 新用户 开个号 register signup registration sign_up new_user create_account open_an_account new_account",
  "account 账号 账户 帐号 帐户 account profile",
  "phone 手机号 电话号码 绑定手机 换号 phone mobile cellphone",
  "close-account 注销 销号 删除账号 删号 deactivate delete close_my_account remove_my_account close_account",
  "verification 验证码 校验码 短信码 verification otp",
  "pickup 自提 取货 取件 提货 自取 代取 代领 拿快递 collect pickup collection pick_up",
  "campus 校园 学校 校内 宿舍 寝室 校区 dorm campus university college",
  "student 学生证 学籍 在校生 学生 学信网 student",
  "broken 坏了 坏的 损坏 破损 碎了 破了 瑕疵 质量问题 次品 用不了 不能用 defect defective faulty damaged broken broke cracked",
  "missing 少件 漏发 缺件 少发 少了 没收到 丢件 丢了 丢失 missing lost not_received never_came not_arrived didn't_get didn't_arrive incomplete",
  "wrong 发错 错发 不对版 寄错 货不对板 wrong incorrect",
  "warranty 保修 维修 质保 修理 能修 repair warranty guarantee",
  "stock 缺货 有货 没货 库存 补货 断货 到货通知 stock restock available",
  "price 价格 多少钱 价钱 售价 price cost",
  "price-match 保价 价保 降价 买贵 差价 便宜了 price_drop price_went_down price_dropped cheaper difference",
  "late 延迟 太慢 还没到 还没发 怎么还不 没动静 不动了 迟迟 超时 late delay delayed not_shipped not_updated",
  "duration 多久 多长时间 几天 什么时候 何时 long soon",
  "hours 营业时间 上班时间 工作时间 几点 开门 关门 hours opening closing open_until",
  "contact 联系方式 客服电话 联系客服 热线 hotline contact",
  "complaint 投诉 举报 维权 不满意 态度差 找领导 complain complaint escalate unhappy",
  "change 修改 更改 改一下 变更 更换 换成 填错 写错 edit modify change update typed_wrong",
  "reject 拒收 不签收 refuse reject",
  "sign-for 签收 收到货 确认收货 confirm",
  "gift 礼物 礼品 赠品 送人 gift",
  "review 评价 评论 晒单 追评 差评 好评 review rating",
  "size 尺码 大小 码数 尺寸 size",
  "genuine 正品 真假 假货 授权 authentic genuine fake counterfeit",
  "agent 人工 客服 真人 agent human representative customer_service",
  "overseas 海外 国外 境外 港澳台 overseas abroad international outside_china",
  "bulk 团购 批量 大量 社团 班级 bulk group_purchase wholesale club",
  "cooperate 合作 兼职 招人 招聘 代理 入驻 cooperation partnership part-time job",
  "suggest 建议 提议 希望你们 反馈 suggest suggestion",
  "address-move 转寄 改派 forward",
  "double 重复 两次 两遍 twice double duplicate",
  "combine 叠加 一起用 同时用 combine stack more_than_one together at_once",
  "invalid 失效 用不了 不能用 无效 不可用 invalid expired greyed not_working not_accepted can't_use",
  "installment 分期 花呗 白条 先用后付 installment instalment",
  "second-hand 二手 闲置 旧书 secondhand",
  "privacy 隐私 个人信息 泄露 我的信息 privacy personal_data",
];

interface Table {
  /** Han words and Latin phrases to look for inside the text, with their group. */
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
      if (/[\u3400-\u9fff_]/u.test(word)) {
        inside.push([word.replaceAll("_", " "), group]);
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
