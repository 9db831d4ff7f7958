/** Programs by what they say of themselves, the special before what they pretend to be. */
const BROWSERS: readonly (readonly [name: string, mark: RegExp])[] = [
  ["WeChat", /MicroMessenger\/(\d+)/],
  ["WeCom", /wxwork\/(\d+)/i],
  ["Alipay", /AlipayClient\/(\d+)/],
  ["QQ", /\bQQ\/(\d+)/],
  ["QQ Browser", /MQQBrowser\/(\d+)/],
  ["UC Browser", /UCBrowser\/(\d+)/],
  ["Huawei Browser", /HuaweiBrowser\/(\d+)/],
  ["Samsung Internet", /SamsungBrowser\/(\d+)/],
  ["Edge", /Edg(?:A|iOS)?\/(\d+)/],
  ["Opera", /OPR\/(\d+)/],
  ["Firefox", /(?:Firefox|FxiOS)\/(\d+)/],
  ["Chrome", /(?:Chrome|CriOS)\/(\d+)/],
  ["Safari", /Version\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari/],
];

const SYSTEMS: readonly (readonly [name: string, mark: RegExp])[] = [
  ["HarmonyOS", /HarmonyOS|OpenHarmony/],
  ["iPadOS", /iPad.*? OS (\d+)/],
  ["iOS", /iPhone.*? OS (\d+)/],
  ["Android", /Android (\d+)/],
  ["Windows", /Windows NT/],
  ["macOS", /Mac OS X/],
  ["ChromeOS", /CrOS/],
  ["Linux", /Linux/],
];

function nameIn(list: typeof BROWSERS, userAgent: string): string | undefined {
  for (const [name, mark] of list) {
    const found = mark.exec(userAgent);
    if (found) {
      return found[1] ? `${name} ${found[1]}` : name;
    }
  }
  return undefined;
}

/** Browser and system in words; undefined when the text tells of neither. */
export function deviceName(userAgent: string): string | undefined {
  const known = [nameIn(BROWSERS, userAgent), nameIn(SYSTEMS, userAgent)].filter((name) => name !== undefined);
  return known.length > 0 ? known.join(" · ") : undefined;
}
