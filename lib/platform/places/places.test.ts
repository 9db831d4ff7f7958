import { describe, expect, it } from "vitest";
import { placeOf, shortened } from "./places";

describe("places of addresses", () => {
  it("are country, region and city, from data on this machine", () => {
    expect(placeOf("61.140.25.169")).toEqual({ country: "中国", region: "广东省", city: "广州市" });
    expect(placeOf("::ffff:61.140.25.169")?.region).toBe("广东省");
    expect(placeOf("8.8.8.8")?.country).toBe("美国");
  });

  it.each(["192.168.1.1", "127.0.0.1", "203.0.113.5", "2400:3200::1", "nonsense", ""])(
    "of %s is unknown",
    (address) => {
      expect(placeOf(address)).toBeUndefined();
    },
  );

  it("shortened addresses name a neighbourhood, not a person", () => {
    expect(shortened("61.140.25.169")).toBe("61.140.25.0");
    expect(shortened("::ffff:61.140.25.169")).toBe("61.140.25.0");
    expect(shortened("2400:3200:1:2::7")).toBe("2400:3200:1::");
    expect(shortened("2400::7")).toBe("2400::");
  });
});
