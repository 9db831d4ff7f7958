import type { useTranslations } from "next-intl";

type Words = Pick<ReturnType<typeof useTranslations<"places">>, "has"> & ((key: string) => string);

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
let codes: ReadonlyMap<string, string> | undefined;

/** Code of each country by its Chinese name, as the browser and the server know them. */
function countryCodes(): ReadonlyMap<string, string> {
  if (!codes) {
    const names = new Intl.DisplayNames("zh-CN", { type: "region", fallback: "none" });
    const all = [...LETTERS].flatMap((first) => [...LETTERS].map((second) => first + second));
    codes = new Map(
      all.flatMap((code) => {
        const name = names.of(code);
        return name ? [[name, code] as const] : [];
      }),
    );
  }
  return codes;
}

const SUFFIX = /(?:省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区)$/u;

/**
 * A place of the address data ("中国/广东省") in the reader's language: the region within China, the country elsewhere.
 *
 * @param words of the namespace "places", for regions
 */
export function placeName(label: string, locale: string, words: Words): string {
  const [country = "", region = ""] = label.split("/");
  if (country === "中国" && region) {
    const key = `regions.${region.replace(SUFFIX, "")}`;
    return words.has(key as Parameters<Words["has"]>[0]) ? words(key) : region;
  }
  const code = countryCodes().get(country);
  const name = code ? new Intl.DisplayNames(locale, { type: "region" }).of(code) : undefined;
  return name ?? country;
}
