import { describe, expect, it } from "vitest";
import { cdata, childAt, readXml, textAt } from "./xml";

describe("XML of the platforms", () => {
  it("keeps every character, in CDATA and out of it, and long numbers as text", () => {
    const xml = readXml(
      "<xml>\n<A><![CDATA[<!DOCTYPE x> & ]]></A><Id>24541436872104330</Id><C>1 &lt; 2 &amp;amp;</C><D/></xml>\n",
    );
    expect(xml).toEqual({ A: "<!DOCTYPE x> & ", Id: "24541436872104330", C: "1 < 2 &amp;", D: "" });
  });

  it("reads what stands inside of elements, once or many times", () => {
    const xml =
      readXml("<xml><List><item><a>1</a></item><item><a>2</a></item></List><Two>x</Two><Two>y</Two></xml>") ?? {};
    expect(childAt(xml, "List")).toEqual({ item: [{ a: "1" }, { a: "2" }] });
    expect([textAt(xml, "Two"), textAt(xml, "List"), textAt(xml, "toString"), childAt(xml, "Two")]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("gives back what was put into CDATA, whatever it is", () => {
    for (const text of ["]]>", "a]]>b]]>", "<xml>", "&amp;", "🙂", ""]) {
      expect(readXml(`<xml><T>${cdata(text)}</T></xml>`)).toEqual({ T: text });
    }
  });

  it.each([
    ["a DTD", '<!DOCTYPE xml [<!ENTITY a "b">]><xml><T>&a;</T></xml>'],
    ["a file", '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><T>&a;</T></xml>'],
    ["an address", '<!DOCTYPE xml SYSTEM "http://127.0.0.1:9/x.dtd"><xml/>'],
    [
      "a billion laughs",
      `<!DOCTYPE x [<!ENTITY a "${"ha".repeat(100)}"><!ENTITY b "${"&a;".repeat(100)}">]><xml>&b;</xml>`,
    ],
    ["an instruction", '<?xml-stylesheet href="x"?><xml/>'],
    ["no XML", "hello"],
    ["JSON", '{"a":1}'],
    ["a wrong end", "<xml><A>1</xml>"],
    ["another root", "<html><A>1</A></html>"],
    ["two roots", "<xml><A>1</A></xml><xml><A>2</A></xml>"],
    ["open CDATA", "<xml><A><![CDATA[1</A></xml>"],
    ["a name that is the language's own", "<xml><__proto__><x>1</x></__proto__></xml>"],
    ["a tower", `<xml>${"<a>".repeat(5_000)}${"</a>".repeat(5_000)}</xml>`],
    ["nothing", ""],
  ])("refuses %s (T51)", (_, text) => {
    expect(readXml(text)).toBeUndefined();
  });

  it("does not read ten megabytes, nor stumble over openings without an end (T51)", () => {
    const started = performance.now();
    expect(readXml(`<xml><T><![CDATA[${"x".repeat(10_000_000)}]]></T></xml>`)).toBeUndefined();
    expect(readXml(`<xml>${"<![CDATA[".repeat(110_000)}</xml>`)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
