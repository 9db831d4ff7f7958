/** What a message is that asks nothing: the bot says a fitting word, and it counts neither for nor against anything. */
export type Pleasantry = "greeting" | "thanks" | "goodbye" | "noted" | "praise" | "about_bot" | "sad" | "unclear";

/** Marks that may stand between any of them, and particles that may stand behind. */
const MARKS = "[\\s!！。.,，~～?？、…^_)(:：-]*";
const TAIL = "[\\s!！。.,，~～?？、…^_)(:：呀啊哦噢呢吧哈啦嘛哟-]*";
const ADDRESS = "亲爱的|亲们?|老板|掌柜的?|店家|店主|小二|各位|朋友|there|all|everyone|guys|team|folks";

const whole = (body: string): RegExp => new RegExp(`^${TAIL}(?:${body})${TAIL}$`, "iu");
/**
 * The same said once or several times ("在吗在吗", "好的好的"). No word may be made of others, nor repeat itself: there is
 * one way to read a text, or trying them all would take for ever.
 */
const repeated = (words: string): RegExp => whole(`(?:(?:${words})${MARKS})+`);

const GREETING = repeated(
  `${ADDRESS}|(?:你好|您好|嗨|哈喽|哈啰|哈罗|在吗|在么|在不|在不在|在嘛|在没|有人吗|有人在吗|有人么|有人不|早安?|早上好|上午好|中午好|下午好|晚上好|喂|hi+(?!ya)|hello+|hey+|hiya|howdy|yo|good (?:morning|afternoon|evening|day)|any(?:one|body) (?:there|here)|are you there|u there|greetings)`,
);
const OKAY = "好的?|好滴|好嘞|行|嗯|哦|噢|ok(?:ay)?|k|知道了|明白了?|懂了|了解了?|收到|清楚了|可以了?|没问题";
const THANKS = whole(
  `(?:(?:${OKAY}|great|perfect|got it|cool|nice|awesome)${MARKS})*(?:(?:非常|十分|太|真的?|多|万分)?(?:谢谢|感谢|谢啦|谢了|感恩|多谢|谢谢侬|唔该|蟹蟹|3q|thx|tks|thanks|thank (?:you|u)|ty|cheers|much appreciated|appreciate it)|辛苦了?|麻烦(?:你|您)?了)(?:${MARKS}(?:谢谢|thanks|thx|你们?|您|啦|了|亲|哈|老板|辛苦了?|客服|小助手|帮(?:了)?(?:我)?(?:大|个)?忙|你?的?(?:帮助|解答|回复)|so much|very much|a lot|a bunch|you|man|mate|again|for (?:the|your|all your)? ?(?:help|reply|answer|info)))*`,
);
const GOODBYE = repeated(
  "(?:(?:ok(?:ay)?|好的?|行|嗯|thanks|thx|谢谢)[ ,，]{1,2}(?:再见|拜+|bye|goodbye)|再见|拜|88|886|回头见|回见|先这样|就这样|没(?:有)?(?:别的|其他|啥|什么)?(?:事|问题)(?:儿)?了|没了|不用了|不需要了|算了|bye|goodbye|cya|see (?:you|ya)|good night|晚安|that'?s (?:all|it)|that is all|nothing else|no thanks|never ?mind|nvm)(?: now| later| for now| then)?",
);
const NOTED = repeated(
  `${OKAY}|原来如此|原来是这样|这样(?:子)?啊|哈|呵|嘿|hh|233+|lol|haha|i see|got it|alright|all right|understood|fine|cool|nice|great|perfect|sure|yes|yep|yeah|noted|没事|没关系|是的?|对的?|不|不是|不要|no|nope|nah|有用|解决了|搞定了|好了|it works?(?: now)?|solved|👌|👍|🆗|🙂|😊|😄|😁|😂|🤣|😀|😃|☺️?`,
);
const PRAISE = repeated(
  "(?:你|这个|机器人)?(?:真的?|好|太|很|挺|超级?|非常)(?:棒|厉害|聪明|强|贴心|可爱|好用|赞|牛|满意|不错|喜欢)(?:了|的)?|满意|不错|我?爱你|么么哒|牛[逼批b]?|给你?(?:点赞|好评|五星)|五星(?:好评)?|好评|赞|(?:you(?:'re| are)|that(?:'s| is|was)) (?:so |very |really |super )?(?:great|awesome|amazing|helpful|smart|cute|the best)|(?:very |so )?helpful|good (?:job|bot)|well done|(?:i )?love (?:you|it)|❤️?|🥰|😍|🌹|💐|🙏|💕|👏",
);
const ABOUT_BOT = whole(
  "(?:请问)?(?:你们?|您|这)(?:到底)?(?:是|不是|是不是)(?:个)?(?:一个)?(?:机器人|ai|人工智能|真人|人|chatgpt|gpt|谁|什么|客服)(?:还是(?:机器人|真人|人|ai))?(?:吗|么)?|你(?:叫(?:什么|啥)(?:名字)?|的名字(?:是什么|叫什么)?|多大了?|几岁了?)|(?:你)?(?:会不会|能不能|可以|能|会|请)?(?:说|讲|用)(?:中文|英文|英语|普通话|国语)(?:回答|回复)?(?:吗|么)?|(?:can you |do you |please )?(?:speak|reply in|answer in|use) (?:english|chinese|mandarin)(?:,? please)?|(?:in )?english please|你(?:都)?(?:会|能|可以)(?:做|干|帮我做|帮我|回答|解决)(?:些)?(?:什么|啥|哪些)(?:问题|事情?)?|(?:so )?(?:who|what) are you|are you (?:a |an )?(?:ro|chat)?(?:bot|robot|ai|human|person|real|real person|chatgpt|machine)(?: or (?:a )?(?:bot|human|person|robot|real))?|(?:am i|is this) (?:talking (?:to|with) )?(?:a |an )?(?:(?:ro|chat)?bot|robot|ai|human|person|machine|real person)|what(?:'s| is) your name|what can (?:you|u) (?:do|help(?: me)?(?: with)?|answer)|how can you help(?: me)?",
);
/** Not well, and not about us. */
const SAD = whole(
  "我?(?:今天|最近|现在)?(?:有点儿?|好|很|真|太)?(?:心情(?:不好|很差)|难过|难受|伤心|想哭|郁闷|不开心|失恋了|失眠|孤独|emo|压力(?:好|很)?大)(?:了|啊)?|i(?:'m| am| feel)(?: feeling)? (?:so |very |really |a bit )?(?:sad|lonely|down|heartbroken|stressed)(?: today| lately)?|(?:i )?had a bad day",
);
/** Begun, or pointed at, without saying what. */
const UNCLEAR = repeated(
  "呃|额|em+|唔|那个|就是|什么|啥|啊|我?(?:想|要)?(?:请?问|咨询|了解)(?:你们?|您)?(?:一)?(?:下|个|点)?(?:问题|事情?|事儿)?|我?(?:还|想)?有(?:个|点|一个)?(?:问题|事情?|事儿)(?:想)?(?:请?问|咨询)?(?:你们?|您)?(?:一下)?|我?需要帮助|帮(?:我)?(?:个|一下)?忙|帮帮(?:我|忙)|谁(?:能|来)?帮帮?我|\\d{1,2}|救命|um+|uh+|hmm+|er+|well|huh|i have (?:a |one )?questions?|(?:a )?(?:quick )?questions?|can i ask (?:you )?(?:something|a question)|(?:i need |please |pls )?help(?: me| please| pls)?",
);

const SPEAKS = /[\p{L}\p{N}]/u;

/** What a message without a question is; null where it may hold one. `text`: normalised, Chinese in simplified characters. */
export function pleasantryOf(text: string): Pleasantry | null {
  const known: readonly (readonly [Pleasantry, RegExp])[] = [
    ["greeting", GREETING],
    ["thanks", THANKS],
    ["goodbye", GOODBYE],
    ["noted", NOTED],
    ["praise", PRAISE],
    ["about_bot", ABOUT_BOT],
    ["sad", SAD],
    ["unclear", UNCLEAR],
  ];
  const kind = text.length <= LONGEST ? known.find(([, pattern]) => pattern.test(text))?.[0] : undefined;
  return kind ?? (text !== "" && !SPEAKS.test(text) ? "unclear" : null);
}

/** No pleasantry is longer, in characters. */
const LONGEST = 60;

const NOT_HELPFUL = whole(
  `(?:(?:不|错|no|nope)${TAIL})*(?:不是(?:这个|这些|这样|这意思|这个意思|我(?:要|想)?问的)|(?:我(?:问|说|想问|要问)的)?(?:都)?不是这个(?:问题|意思)?|不对|不对不对|错了|都不是|都不对|答错了|搞错了|你(?:说|讲|答)的(?:不对|都不对|没用|什么(?:鬼|玩意儿?)?)|(?:说|讲)的(?:什么|啥)(?:鬼|玩意儿?)?|(?:你)?没(?:有)?(?:听|看)?懂(?:我(?:的|在说什么)?(?:意思|问题)?)?|(?:你)?(?:听|看)不懂(?:吗|我说的吗)?|看不懂|听不懂|不明白|不懂|什么意思|(?:还是|都|根本|也)?没(?:有)?(?:解决|回答|帮到|用)(?:到)?(?:我的)?(?:问题|我)?|(?:还|还是|依然|仍然|都|根本)?(?:不行|没用|不管用|解决不了|没有|没收到|不可以|不好使)|答非所问|牛头不对马嘴|文不对题|that'?s not (?:it|right|what i (?:asked|mean[t]?|want(?:ed)?|said)|helpful)|not (?:what i (?:asked|mean[t]?|want(?:ed)?)(?: for)?|this(?: one)?|that(?: one)?|helpful|it|right)|wrong(?: answer)?|(?:you )?(?:did ?n'?t|don'?t|do not|did not) (?:understand|answer|get it|get me|help)(?: (?:me|my question|it))?|(?:that |this |it )?(?:did ?n'?t|doesn'?t|does not|did not) (?:help|work|answer (?:it|my question)|solve (?:it|my problem))|still (?:not working|doesn'?t work)|i don'?t (?:get it|understand)|(?:that |this |it )?makes? no sense)`,
);

/** True for a message that says only that the last answer was none. */
export const saysNotHelpful = (text: string): boolean => text.length <= LONGEST && NOT_HELPFUL.test(text);
