import { demoContent } from "@/db/seed/content";

const PLACES = "图书馆 食堂 宿舍 操场 体育馆 实验楼 快递站 校医院 打印店 超市 咖啡店 教学楼".split(" ");
const THINGS = "帆布包 保温杯 卫衣 台灯 笔记本 雨伞 双肩包 充电宝 耳机 球鞋 床帘 计算器 校服 水卡 饭卡 门禁卡".split(
  " ",
);
const COLOURS = "白色 黑色 藏青 米色 墨绿 樱粉 天蓝 姜黄 银灰 酒红".split(" ");

const content = demoContent();
const base = content.entries["qinghe"] ?? [];
/** What visitors of the demo shop ask, each once. */
export const questions = [
  ...new Set(
    content.dialogues.flatMap((dialogue) =>
      dialogue.turns.filter((turn) => turn.author === "visitor").map((turn) => turn.text),
    ),
  ),
];
const wordings = base.flatMap((entry) => [entry.question, ...entry.variants]);

/** One short question for each number, about another thing at another place each time. */
export function questionAt(index: number): string {
  const round = Math.floor(index / wordings.length);
  const about = `${COLOURS[round % 10]}${THINGS[Math.floor(round / 10) % THINGS.length]}`;
  const place = PLACES[Math.floor(round / 160) % PLACES.length];
  return round === 0 ? (wordings[index] ?? "") : `${place}${about}${wordings[index % wordings.length]}`;
}
