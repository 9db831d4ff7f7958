import { simplified } from "@/lib/platform/text/chinese-script";

/** Words for a person that mean nothing else at a service desk. */
const SURE = "人工|真人|活人|转人功";
/** People of the shop: asked for, or only talked about. */
const STAFF = "客服|坐席|座席|专员|主管|经理|领导|负责人|管理员";
const CALL =
  "找|叫|喊|要|让|换|转|接|请|派|见|跟|和|与|来个|来位|给我|呼叫|召唤|转接|接通|接入|连线|联系一下|需要|申请|安排|换成|切到|切换到|转到";

/** Talk about people and things that are no wish to be put through. */
const ABOUT = new RegExp(
  [
    "人工(?:智能|费|草坪|降雨|呼吸|成本|泪液|湖|养殖|合成|做的|制作|制造|打造|种植|饲养|采摘|授粉)",
    "人造|真人(?:照|实拍|身高|秀|cs|模特)|模特真人",
    "(?:人工|客服).{0,6}(?:要钱|收费|费用|几点|时间|上班|下班|电话|热线|邮箱|号码|工号|微信|专用)",
    "(?:几点|什么时候).{0,4}(?:有|上班).{0,4}(?:人工|客服)",
    "(?:点|晚上|夜里|凌晨|早上|周末|周[一二三四五六日]|节假日|春节|过年).{0,4}(?:还)?有(?:没有)?(?:人工|客服|真人)(?:服务|在线)?[吗么不没]?$",
    `(?:${STAFF})(?:小姐姐|妹妹)?(?:说(?!话)|给我的|让我|告诉|态度|推荐|答应|承诺|的态度|回复我说)`,
    `(?:评价|打分|应聘|招聘|招|当|做|骂|表扬|夸)(?:一下|个|了)?(?:${STAFF})`,
    "(?:送|派|快递|配送|到货|发货|取件|到了|骑手).{0,8}(?:打|来|回).{0,2}电话",
    `给(?:${STAFF})(?:打分|评价|好评|差评|送)`,
    "人工(?:审核|審核|核对|复核)|人工资",
  ].join("|"),
  "u",
);

const CHINESE = [
  new RegExp(`(?:${SURE})`, "u"),
  new RegExp(`(?:${CALL})(?:我|一下|下|个|位|一个|一位|到|成|你们|你|的|在线|店铺|官方|到你们)*(?:${STAFF})`, "u"),
  new RegExp(
    `^(?:你们|在线|我的)?(?:${STAFF})(?:人员|人|小姐姐|小哥哥?|姐姐|妹妹|哥哥|同学)?(?:呢|在吗|在不在|在么|来|快来|出来|过来|人呢|有吗|在线吗|[!！。?？~～啊吧])*$`,
    "u",
  ),
  new RegExp(
    `(?:让|叫|请|喊)(?:你们|你)?(?:的)?(?:${STAFF}|人|懂的人)(?:快)?(?:过来|来|给我(?:打|回)|联系我|处理|接待|出来|跟我说)`,
    "u",
  ),
  /(?:联系|转|接|找|叫)(?:一下|下)?(?:你们的?|在线|人工)客服|客服(?:人员)?(?:快来|出来|介入|接入)/u,
  /(?:来|叫|找|换|派|喊|安排|出来|快来|请)(?:一?[个名位])?(?:懂的|能解决的|会的|能做主的|管事的|能负责的)?人(?:来|过来|给我|帮我|帮忙|联系|处理|解决|问问|看看|说|聊|回|接|吧|啊|呀|行不行|可以吗|吗|$)/u,
  /^(?:我|那我|我要|我想|我想要)?(?:找|要|换)人[!！。?？~～吧啊]*$|^人呢[!！。?？~～]*$|我要找人(?!工)/u,
  /(?:不想|不要|别|不愿意|拒绝)(?:再)?(?:跟|和|与|用|让|拿)?(?:你这个)?机器人|机器人(?:没用|不行|走开|滚|听不懂|解决不了|回答不了|太笨|好笨)/u,
  /^(?:劳驾|麻烦|请|帮我|能|可以)*(?:转接|转一下|转接一下|给我转过去|帮我转接)(?:一下|下|过去|吗|吧|谢谢)*[!！。?？]*$/u,
  /(?:跟|和|与|同)(?:你们的?)?(?:真?人|客服|主管|经理|领导)(?:员|人员)?(?:说话|说|聊|谈|沟通|讲|对话)/u,
  /(?:找|叫|喊|让|请|换|见|跟|和)(?:一下)?(?:你们?)?(?:的)?(?:老板|店长|老总|总经理|大boss|boss)(?:出来|过来|来|说|谈|聊|讲|接|联系|给我|[!！。?？~～吧啊呢]*$)/iu,
  /客服(?:人员|们)?(?:都)?(?:死|跑|去|上)?(?:到)?哪(?:里|儿)?(?:去)?了|(?:半天|一直|怎么|都)没(?:有)?人(?:回|理|管|应)(?:复|我)?(?:啊|吗|呢|的)*$/u,
  /(?:有没有|有|找|来|换|叫|派)(?:一?[个位])?能?(?:管事|负责|做主|拍板|懂|解决(?:问题)?)的(?:人)?(?:来|吗|么|没有|没)?[!！。?？]*$|(?:换|来|找|叫|转)个(?:活的|真的|人)[!！。?？吧啊呗]*$/u,
  /(?:别|不要|停止|关掉|关闭|取消)(?:再)?(?:给我)?(?:用|发)?(?:自动回复|机器人|机器回复|智能(?:客服|助手))/u,
  /(?:有(?:没有)?|没|怎么没)人(?:能)?(?:来)?(?:理|回复?|管|搭理|接待)(?:我|一下)/u,
  /(?:能不能|可以|可不可以|能|请|麻烦|让人|让客服)?(?:给我|帮我)?(?:打|回)(?:个|一个)?电话(?:给我|过来)|给我(?:打|回)(?:个|一个)?电话/u,
  /(?:不想|懒得|不愿|不要)(?:再)?(?:跟|和|与)你(?:这个)?(?:机器人|机器|ai)?(?:说|讲|聊|谈|扯|废话)/iu,
  /(?:叫|找|来|换|派)(?:个|一个|位)?(?:能|会|懂)?(?:说|听得?懂)人话的/u,
  /转(?:rg|RG)(?![a-z])/iu,
] as const;

/** The same, typed in Latin letters. */
const PINYIN = /(?:yao|zhao|zhuan) ?(?:ren ?gong|ke ?fu)|^(?:ren ?gong|ke ?fu)(?: ?zai ?ma)?\W*$/iu;

const HUMAN =
  "(?:(?:real|live|actual|human|proper)\\s+)*(?:humans?|persons?|people|agents?|representatives?|reps?|operators?|advis[eo]rs?|assistants?|managers?|supervisors?|staff|associates?|support(?: agent)?|live chat|customer (?:service|support|care)(?: (?:agent|rep|representative|person))?|help desk)";
const ANY = `(?:${HUMAN}|someone|somebody|anyone|anybody)(?!\\s+else)`;
const PLEASE = "(?:\\s+(?:please|pls|plz|now|here|asap|help|thanks|thank you|immediately))*";

const ENGLISH = [
  new RegExp(`\\b(?:talk|talking|speak|speaking|chat|chatting)\\b.{0,20}?\\b${ANY}\\b`, "iu"),
  new RegExp(
    `\\b(?:connect|transfer|switch|escalate|put|pass|hand|forward|refer|direct|route)\\b.{0,24}\\b(?!support (?!agent))${ANY}\\b(?! (?:pillow|cushion))`,
    "iu",
  ),
  /\b(?:transfer|connect) me(?:\s+(?:please|now|over))*\s*[?.!]*$|\bescalate(?: this| it| my (?:case|issue|ticket))?(?:\s+(?:please|now))*\s*[?.!]*$/iu,
  new RegExp(`\\b(?:get|give|bring|find|send)(?: me| in| us)+ (?:an?|the|your|to an?|some)?\\s*${ANY}\\b`, "iu"),
  new RegExp(`\\bget (?:a|an|to an?|hold of an?|in touch with(?: an?| your)?) ?${HUMAN}\\b`, "iu"),
  new RegExp(`\\b(?:call|contact|reach|ask for)(?: to)? (?:an?|a real|a live|your|you)?\\s*${HUMAN}\\b`, "iu"),
  new RegExp(
    `\\b(?:want|need|demand|prefer|require|like|wanna)\\b(?: to (?:see|have|get))? ?(?:an?|your|some|the|any)?\\s*${HUMAN}\\b`,
    "iu",
  ),
  /\b(?:human|live|personal) (?:help|assistance|support|service)\b/iu,
  /^(?:please )?call someone\b|\b(?:someone|somebody|an? (?:agent|human|person|representative)) (?:to )?(?:call|contact|phone|ring|help) me\b/iu,
  new RegExp(
    `^[^\\p{L}\\p{N}]*(?:(?:hi|hello|hey|ok|no|just|an?|the|your|so|well)[\\s,]+)*${HUMAN}${PLEASE}[^\\p{L}\\p{N}]*$`,
    "iu",
  ),
  /\b(?:real|live|actual) (?:person|human|agent|operator|being|representative|people)\b/iu,
  /\b(?:is|are) there (?:an?|any) (?:humans?|persons?|people|real|agents?)\b|\bany(?: real)? (?:humans?|agents?|person|people) (?:there|here|available|around|online)\b/iu,
  /\b(?:any|some)(?:one|body) (?:real|human|alive)\b/iu,
  /\bwho(?:m)? (?:can|could|do|should) i (?:talk|speak|chat) (?:to|with)\b/iu,
  /\b(?:don'?t|do not|not|stop|hate|tired of) (?:want to )?(?:talk(?:ing)?|speak(?:ing)?|chat(?:ting)?) (?:to|with) (?:an? |the |this |your )?(?:machine|computer|robot|ai|program|software)\b/iu,
  /\b(?:anyone|someone|somebody|human|person) (?:that |who )?i (?:can|could) (?:talk|speak|chat|write) (?:to|with)\b/iu,
  /\b(?:no|not an?|stop|stop the|stop this) (?:more )?(?:ro|chat)?bots?\b|\b(?:don'?t|do not|not) want (?:to (?:talk|speak|chat) (?:to|with) )?(?:an?|the|this|your) (?:ro|chat)?bot\b/iu,
] as const;

const ABOUT_ENGLISH =
  /\b(?:travel|estate|cleaning|real estate) agents?\b|\bagents? (?:discount|code|yesterday|said|told|number|program|was|price)\b|\b(?:customer (?:service|support|care)|support|help desk)(?: (?:people|team|staff))? (?:hours?|number|phone|email|address|opening|was|were|is (?:slow|rude|bad|terrible|great|good)|jobs?|position|open)\b|\b(?:hours|number|email|address|phone)\b.{0,12}\b(?:of|for) (?:your |the )?(?:customer (?:service|care|support)|support)\b|\b(?:job|work|working|hire|hiring) (?:as )?(?:an? |for )?(?:customer|agent|manager|support)|\brate (?:the|your|an?) (?:agent|support)|\bmanager position|\b(?:your|the|an?|last|this) (?:agent|representative|rep|manager|operator|support)\b.{0,12}\b(?:said|told|promised|was|were|hung|closed|ignored)\b|\bcontact (?:person|name|lens)|\bhuman (?:hair|rights|size|resources)\b|\b(?:need|want|get|have|like)\b (?:an? |the |some )?(?:support|assistant|staff)\b(?! (?:agent|person|rep|team))|\bperson (?:limit|of|who)\b|\breal (?:estate|time|leather)\b/iu;

/** Spelling mistakes of the words that matter. */
function corrected(text: string): string {
  return text
    .replace(/([a-z])\1{2,}/giu, "$1")
    .replace(/\b(?:humen|hyman|humna|huamn|hooman|umans?)\b/giu, "human")
    .replace(/\b(?:agnet|aget|agant|agend|agnt)\b/giu, "agent")
    .replace(/\b(?:spek|speek|speack|spaek)\b/giu, "speak")
    .replace(/\b(?:tlak|takl|tal)\b/giu, "talk")
    .replace(/\b(?:some1|sum1|sum ?one|somone)\b/giu, "someone")
    .replace(/\b(?:any1|ne1)\b/giu, "anyone")
    .replace(/\bppl\b/giu, "people")
    .replace(/\b(talk|speak|chat|listen) 2\b/giu, "$1 to")
    .replace(/\bgimme\b/giu, "give me")
    .replace(/\b(?:persn|peson|preson)\b/giu, "person");
}

/** In messages as short as this one, marks between characters end no sentence ("人！工！"). */
const SHORT = 6;

/** Characters read at each end of a long message: a wish stands at its beginning or its end. */
const ENDS = 500;

/**
 * Whether a message asks for a person. Recall counts most: who is not understood here is held by a machine against their
 * will. Rules in Chinese and English, tried on hand-off-wordings.json.
 */
export function asksForPerson(message: string): boolean {
  const ends = message.length > 2 * ENDS ? `${message.slice(0, ENDS)}\n${message.slice(-ENDS)}` : message;
  const text = simplified(ends.normalize("NFKC").replaceAll("’", "'").trim());
  if (/\p{Script=Han}/u.test(text)) {
    const compact = text.replace(text.length <= SHORT ? /[^\p{L}\p{N}]+/gu : /[\s,，、]+/gu, "");
    return !ABOUT.test(compact) && (PINYIN.test(compact) || CHINESE.some((pattern) => pattern.test(compact)));
  }
  const english = corrected(text);
  return PINYIN.test(english) || (!ABOUT_ENGLISH.test(english) && ENGLISH.some((pattern) => pattern.test(english)));
}
