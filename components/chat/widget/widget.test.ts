import { describe, expect, it } from "vitest";
import { readFrameMessage } from "./frame-talk";
import { frameAddress, launcherColors, readOptions } from "./options";

const script = (dataset: Record<string, string>) => ({ src: "https://chat.example/widget.js", dataset });

describe("readOptions", () => {
  it("takes the chat from where the script came from", () => {
    const options = readOptions(script({ channel: "chn_1", accent: "#aa3300", position: "left" }), "en-GB");
    expect(options).toMatchObject({ origin: "https://chat.example", left: true, locale: "en" });
    expect(frameAddress(options)).toBe(
      "https://chat.example/chat?channel=chn_1&embed=1&lang=en&accent=%23aa3300&theme=",
    );
  });

  it.each(["javascript:alert(1)", "red;background:url(//evil)", "#12345", "expression(1)"])(
    "ignores the colour %s",
    (accent) => {
      const options = readOptions(script({ channel: "c", accent }), "zh-CN");
      expect(options.accent).toBe("");
      expect(launcherColors(options.accent).fill).toBe("#0c6478");
    },
  );

  it("keeps a hostile channel inside its own parameter", () => {
    const address = new URL(frameAddress(readOptions(script({ channel: "x&embed=0#//evil.example" }), "zh")));
    expect(address.origin).toBe("https://chat.example");
    expect(address.searchParams.get("channel")).toBe("x&embed=0#//evil.example");
    expect(address.searchParams.get("embed")).toBe("1");
  });

  it("draws dark on a light accent and light on a dark one", () => {
    expect(launcherColors("#ffe14d").ink).toBe("#141311");
    expect(launcherColors("#0c6478").ink).toBe("#fff");
  });
});

describe("readFrameMessage", () => {
  const frame = {};
  const origin = "https://chat.example";

  it.each([
    ["another window", { source: {}, origin, data: { yingda: "close" } }],
    ["another origin", { source: frame, origin: "https://evil.example", data: { yingda: "close" } }],
    ["no frame yet", { source: null, origin, data: { yingda: "close" } }],
  ])("ignores %s", (name, event) => {
    expect(readFrameMessage(event, name === "no frame yet" ? undefined : frame, origin)).toBeUndefined();
  });

  it.each([null, "text", 7, [], { yingda: {} }])("survives %j", (data) => {
    expect(() => readFrameMessage({ source: frame, origin, data }, frame, origin)).not.toThrow();
  });

  it("makes each field what it should be", () => {
    const data = { yingda: "unread", count: "<b>", author: { toString: () => "x" }, text: "长".repeat(500) };
    const said = readFrameMessage({ source: frame, origin, data }, frame, origin);
    expect(said).toMatchObject({ what: "unread", count: 0, author: "" });
    expect(said?.text).toHaveLength(120);
  });
});
