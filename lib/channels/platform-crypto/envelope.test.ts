import * as wecom from "@wecom/crypto";
import { describe, expect, it } from "vitest";
import { decryptEnvelope, encryptEnvelope, isPlatformSignature, isRecent, platformSignature } from "./envelope";

/** Vectors of the platforms' own documents and of independent libraries. */
const official = {
  key: "A".repeat(43),
  appId: "wxba5fad812f8e6fb9",
  encrypted:
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=",
};
const key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const appId = "wx1234567890abcdef";
const random = Buffer.from("0123456789abcdef");
const refund =
  "<xml><ToUserName><![CDATA[gh_7f083739789a]]></ToUserName><FromUserName><![CDATA[oia2TjuEGTNoeX76QEjQNrcURxG8]]></FromUserName><CreateTime>1714112445</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[我想退款]]></Content><MsgId>24541436872104330</MsgId></xml>";

describe("signatures of WeChat and WeCom", () => {
  it("are those of the documents", () => {
    expect(platformSignature("AAAAA", "1714036504", "1514711492")).toBe("f464b24fc39322e44b38aa78f5edd27bd1441696");
    expect(platformSignature("tok_cs_2026", "1714112445", "415670741")).toBe(
      "388b25d79c78e0da285a528162f7d667e1573119",
    );
    expect(platformSignature("AAAAA", "1714112445", "415670741", official.encrypted)).toBe(
      "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
    );
  });

  it("are refused when they are missing, wrong, or made with an empty token (T52)", () => {
    const good = platformSignature("t", "1", "2");
    expect(isPlatformSignature(good, "t", "1", "2")).toBe(true);
    expect(isPlatformSignature(undefined, "t", "1", "2")).toBe(false);
    expect(isPlatformSignature(good.toUpperCase(), "t", "1", "2")).toBe(false);
    expect(isPlatformSignature(platformSignature("", "1", "2"), "", "1", "2")).toBe(false);
  });

  it("count for a while only", () => {
    const now = new Date(1_714_112_445_000);
    expect(isRecent("1714112445", now, 300)).toBe(true);
    expect(isRecent("1714112145", now, 300)).toBe(true);
    expect(isRecent("1714112144", now, 300)).toBe(false);
    expect(isRecent("1714112746", now, 300)).toBe(false);
    expect([undefined, "", "NaN", "1e9", "-1", "9".repeat(400)].map((at) => isRecent(at, now, 300))).not.toContain(
      true,
    );
  });
});

describe("encrypted messages of WeChat and WeCom", () => {
  it("open as the official example says", () => {
    expect(decryptEnvelope(official.key, official.appId, official.encrypted)).toBe(
      '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}',
    );
  });

  it("are made byte by byte as other implementations make them, a full block of padding included", () => {
    expect(encryptEnvelope(key, appId, "x".repeat(26), random)).toBe(
      "Q3stYC6hdFzMh9T8HCvyDHDxbrF7f8TfmYxXSN1y2Vbjja9RgRLcXPjzJF67v90Vn9yuvwiFgd5MkUND5IBuht+cQU+Cz4hxMu2c3EzSJUQfKqR62caNMth437AA3uzM",
    );
    const encrypted = encryptEnvelope(key, appId, refund, random);
    expect(encrypted).toBe(wecom.encrypt(key, refund, appId, random));
    expect(platformSignature("tok_cs_2026", "1714112445", "415670741", encrypted)).toBe(
      "5a12be03a9533c09b7b993bfce0a6fa57bd5f15e",
    );
  });

  it("open in the other implementation and the other way round, at every length", () => {
    for (let length = 0; length < 100; length += 1) {
      const text = "退🙂".repeat(length).slice(0, length);
      const ours = wecom.decrypt(key, encryptEnvelope(key, appId, text.toWellFormed()));
      expect(ours).toMatchObject({ message: text.toWellFormed(), id: appId });
      expect(decryptEnvelope(key, appId, wecom.encrypt(key, text.toWellFormed(), appId))).toBe(text.toWellFormed());
    }
  });

  it("are refused in one way for another app, another key, cut or changed bytes, and no base64 (T52)", () => {
    const encrypted = encryptEnvelope(key, appId, "退款", random);
    const bytes = Buffer.from(encrypted, "base64");
    const flipped = (at: number) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy.toString("base64");
    };
    const broken = [
      decryptEnvelope(key, "wx1234567890abcdee", encrypted),
      decryptEnvelope(key, "", encrypted),
      decryptEnvelope("A".repeat(43), appId, encrypted),
      decryptEnvelope("short", appId, encrypted),
      decryptEnvelope(key, appId, encrypted.slice(0, -4)),
      decryptEnvelope(key, appId, bytes.subarray(0, bytes.length - 16).toString("base64")),
      decryptEnvelope(key, appId, ""),
      decryptEnvelope(key, appId, "not base64 at all!"),
      // The last block holds the padding, the one before decides how it reads.
      ...Array.from({ length: 32 }, (_, back) => decryptEnvelope(key, appId, flipped(bytes.length - 1 - back))),
    ];
    expect(new Set(broken)).toEqual(new Set([undefined]));
  });
});
