import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerUnreadable } from "./unreadable-requests";

const server = createServer((_, response) => response.end("ok"));
let port = 0;

beforeAll(async () => {
  server.on("clientError", answerUnreadable);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

/** What the server says to some bytes before it closes the line. */
function said(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk) => {
      text += chunk;
    });
    // Whoever is answered in the middle of writing may be cut off; what was said has arrived.
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(text));
  });
}

describe("what never becomes a request", () => {
  it.each([
    ["a question of 50,000 characters in the address", `GET /api/kb/search?q=${"%E9%97%AE".repeat(50_000)} `, 431],
    ["bytes that are none", "\u0000\u0001 nonsense\r\n\r\n", 400],
  ])("%s is refused in words, and the next one is answered", async (_, bytes, status) => {
    const answer = await said(bytes);
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*application/problem\\+json`));
    expect(JSON.parse(body)).toMatchObject({ status, detail: expect.stringMatching(/\p{Script=Han}.*[a-z]/u) });
    expect(await said("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 /);
  });
});
