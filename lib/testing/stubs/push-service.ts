import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A browser that subscribed at the push service, with what only it knows. */
export interface StubBrowser {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  /** What arrived, decrypted as the browser does it. */
  readonly received: unknown[];
  /** What the service answers from now on; 410 once the browser has unsubscribed. */
  answer: number;
}

export interface PushServiceStub {
  /** Host with port, to be exempted from the ban on private addresses. */
  readonly host: string;
  browser(): StubBrowser;
  end(): Promise<void>;
}

const fromBase64Url = (text: string) => Buffer.from(text, "base64url");

/** RFC 8292: an ES256 token for this origin, that has not run out and whose key is the one in the header. */
function isSigned(authorization: string | undefined, origin: string): boolean {
  const [, token = "", key = ""] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization ?? "") ?? [];
  const [head, claims, signature] = token.split(".");
  if (!head || !claims || !signature) {
    return false;
  }
  const point = fromBase64Url(key);
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  const good = verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    fromBase64Url(signature),
  );
  const { aud, exp, sub } = JSON.parse(fromBase64Url(claims).toString()) as { aud: string; exp: number; sub: string };
  return good && aud === origin && exp * 1_000 > Date.now() && /^(mailto:|https:)/.test(sub);
}

/** RFC 8291 over RFC 8188, one record. */
function decrypted(body: Buffer, ecdh: ReturnType<typeof createECDH>, auth: Buffer): unknown {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + keyLength);
  const text = body.subarray(21 + keyLength);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), ecdh.getPublicKey(), sender]);
  const material = Buffer.from(hkdfSync("sha256", ecdh.computeSecret(sender), auth, info, 32));
  const derived = (label: string, length: number) =>
    Buffer.from(hkdfSync("sha256", material, salt, `Content-Encoding: ${label}\0`, length));
  const decipher = createDecipheriv("aes-128-gcm", derived("aes128gcm", 16), derived("nonce", 12));
  decipher.setAuthTag(text.subarray(-16));
  const padded = Buffer.concat([decipher.update(text.subarray(0, -16)), decipher.final()]);
  // The last byte that is not zero marks the end of the record.
  return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString());
}

/** A push service over real HTTP that takes only what is signed and encrypted as the standards say. */
export async function startPushService(): Promise<PushServiceStub> {
  const browsers = new Map<string, { take(body: Buffer): void; browser: StubBrowser }>();
  let origin = "";
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const known = browsers.get(request.url ?? "");
      const refused = !known || known.browser.answer >= 400;
      const proper =
        request.method === "POST" &&
        request.headers["content-encoding"] === "aes128gcm" &&
        Number(request.headers["ttl"]) > 0 &&
        isSigned(request.headers.authorization, origin);
      const status = refused ? (known?.browser.answer ?? 404) : proper ? 201 : 403;
      if (status === 201) {
        known?.take(Buffer.concat(chunks));
      }
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  origin = `http://${host}`;
  return {
    host,
    browser() {
      const ecdh = createECDH("prime256v1");
      const p256dh = ecdh.generateKeys("base64url");
      const auth = randomBytes(16);
      const path = `/push/${randomBytes(12).toString("hex")}`;
      const browser: StubBrowser = {
        endpoint: `${origin}${path}`,
        keys: { p256dh, auth: auth.toString("base64url") },
        received: [],
        answer: 201,
      };
      browsers.set(path, { browser, take: (body) => browser.received.push(decrypted(body, ecdh, auth)) });
      return browser;
    },
    end: () => new Promise((done) => server.close(() => done())),
  };
}
