import { expect, it } from "vitest";
import { maskPrivateData } from "./private-data";

it.each([
  ["我的手机 13812345678，快递到了吗", "我的手机 [PHONE]，快递到了吗"],
  ["+86 138-1234-5678", "[PHONE]"],
  ["打 0571-88886666", "打 [PHONE]"],
  ["call +1 415-555-2671 now", "call [PHONE] now"],
  ["身份证11010519491231002X谢谢", "身份证[ID_CARD]谢谢"],
  ["卡号 6222 0212 3456 7895 扣款", "卡号 6222 0212 3456 7895 扣款"],
  ["卡号 4111 1111 1111 1111 扣款", "卡号 [BANK_CARD] 扣款"],
  ["发到 li.lei+a@mail.example.com。", "发到 [EMAIL]。"],
  ["订单号 202603051234567 什么时候发货", "订单号 202603051234567 什么时候发货"],
  ["寄到杭州市西湖区文三路 88 号 3 单元 502 室，谢谢", "寄到杭州市西湖区[ADDRESS]，谢谢"],
  ["我住中山大道12号翠苑小区", "我住[ADDRESS]翠苑小区"],
  ["send it to 221 Baker Street, Apt 4B please", "send it to [ADDRESS] please"],
  ["wire to DE89370400440532013000", "wire to [BANK_CARD]"],
  ["订单 AB12CD34EF56GH78JK 到哪了", "订单 AB12CD34EF56GH78JK 到哪了"],
  ["坐地铁线路 2 号线怎么走", "坐地铁线路 2 号线怎么走"],
  ["买了 3 件，共 1299 元", "买了 3 件，共 1299 元"],
])("%s → %s", (text, masked) => {
  expect(maskPrivateData(text)).toBe(masked);
});
