import { stem } from "./stem";

/**
 * Words that shape a question without saying what it is about. They count a little in ranking and next to nothing in
 * the share of a question that an entry covers. Latin words are stems (segmentation.ts).
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `的 了 吗 呢 啊 吧 呀 嘛 哦 么 我 你 您 他 她 它 我们 你们 他们 咱们 俺 是 有 在 和 与 及 或 就 都 也 还 又 再 很 太 把 被 给 让 跟 对 从 到 为 着 过 这 那 这个 那个 这些 那些 哪 哪个 哪些 什么 怎么 怎样 咋 怎 如何 为什么 为何 为啥 啥 多少 几 能 能否 可以 可不可以 能不能 会 会不会 是否 是不是 有没有 要 想 想要 需要 请 请问 麻烦 一下 下 个 一个 没 没有 不 之 其 吗 办 怎么办 该 应该 得 做 弄 问 问下 问一下 你好 您好 知道 告诉 帮 帮我 帮忙 现在 然后 如果 但是 因为 所以 时候 的话 来 去 上 里 们 以 所 样 行 行不行 好 谢谢 它们 自己 进行 关于 有关
a an the i you we they he she it me my your our their his her its this that these those is are am was were be been being do doe did don don't can could will would shall should may might must have has had how what when where which who whom why if of to in on at for from by with about into and or but not no so than then there here get got any some am im i'm ive i've id i'd it's what' whats please pls tell know want need like just also too thank hi hello hey u ur can't cannot won't isn't doesn't didn't let up out as mak take way going go`
    .split(/\s+/u)
    .filter(Boolean)
    .flatMap((word) => [word, stem(word)]),
);
