import { asc, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { webhookDeliveries } from "@/db/schema/channels";
import { replayDeliveryOperation } from "@/lib/channels/operations";
import { AppFixture } from "@/lib/testing/app-fixture";
import { inDisorder } from "@/lib/testing/disorder";

describe("messages of one user of an own app", () => {
  let app: AppFixture;
  beforeAll(async () => {
    app = await AppFixture.create();
    // A database that fails: for messages with these words, so many times (a sequence counts on though all is rolled back).
    await rowsOf(app.api.desk.db, sql`create sequence failures`);
    await rowsOf(
      app.api.desk.db,
      sql`create function fail_on() returns trigger language plpgsql as $$
          begin
            if new.text = tg_argv[0] and nextval('failures') <= tg_argv[1]::bigint then raise exception 'gone for a moment'; end if;
            return new;
          end $$`,
    );
  });
  afterEach(() => rowsOf(app.api.desk.db, sql`drop trigger if exists fails on messages`));
  afterAll(() => app.end());

  const failFor = async (text: string, times: number) => {
    await rowsOf(app.api.desk.db, sql`alter sequence failures restart`);
    const name = sql.raw(`'${text}', '${times}'`);
    await rowsOf(
      app.api.desk.db,
      sql`create trigger fails before insert on messages for each row execute function fail_on(${name})`,
    );
  };
  const said = async (prefix: string) =>
    (await app.messages())
      .filter(({ authorKind, text }) => authorKind === "visitor" && text.startsWith(prefix))
      .sort((one, other) => one.seq - other.seq)
      .map(({ text }) => text);

  it("are stored in the order of a burst's arrival though the database fails at the first of them (T24)", async () => {
    await failFor("连发 0", 1);
    const burst = Array.from({ length: 8 }, (_, index) => `连发 ${index}`);
    const post = (text: string) => app.post({ id: text, user_id: "burst", text });
    const answers = [await post("连发 0"), ...(await Promise.all(burst.slice(1).map(post)))];
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await app.drain();
    const arrived = await app.api.desk.db.select().from(webhookDeliveries).orderBy(asc(webhookDeliveries.position));
    expect(arrived).toHaveLength(burst.length);
    expect(await said("连发")).toEqual(arrived.map(({ replayKey }) => replayKey));
  });

  const inOrderOfFirst = (texts: readonly string[]) => [...new Set(texts)];

  it("are stored once and in the order in which each came first, told twice and out of order by webhook (T22, T24)", async () => {
    const texts = Array.from({ length: 12 }, (_, index) => `乱序 ${index}`);
    for (const [round, order] of [...inDisorder(texts, 3)].entries()) {
      for (const text of order) {
        const body = { id: `disorder-${round}-${text}`, user_id: `disorder-${round}`, text: `乱序${round} ${text}` };
        expect((await app.post(body)).status).toBe(200);
      }
      await app.drain();
      expect(await said(`乱序${round} `)).toEqual(inOrderOfFirst(order).map((text) => `乱序${round} ${text}`));
    }
  });

  it("are answered with the first one's place when told again by key, in any order, and by both ways at once are one", async () => {
    const texts = Array.from({ length: 8 }, (_, index) => `两路 ${index}`);
    const [order = []] = inDisorder(texts, 1);
    const places = new Map<string, { id: string; seq: number }>();
    for (const text of order) {
      const { id, seq } = await app.sdk.send({ id: text, userId: "by-key", text });
      expect(places.get(text) ?? { id, seq }).toEqual({ id, seq });
      places.set(text, { id, seq });
    }
    expect(await said("两路")).toEqual(inOrderOfFirst(order));
    const again = order.map((text) => ({ id: text, userId: "by-key", text }));
    const both = await Promise.all(
      again.flatMap((message) => [
        app.sdk.send(message).then(({ id }) => id === places.get(message.text)?.id),
        app.post({ id: message.id, user_id: message.userId, text: message.text }).then(({ status }) => status === 200),
      ]),
    );
    expect(both).not.toContain(false);
    await app.drain();
    expect(await said("两路")).toEqual(inOrderOfFirst(order));
  });

  it("do not wait for one that cannot be stored; it comes in by an admin's replay, once", async () => {
    await failFor("卡住", 1_000);
    for (const text of ["卡住", "卡住之后", "卡住很久之后"]) {
      expect((await app.post({ id: text, user_id: "stuck", text })).status).toBe(200);
    }
    await app.drain();
    expect(await said("卡住")).toEqual(["卡住之后", "卡住很久之后"]);
    const stuck = (await app.api.desk.db.select().from(webhookDeliveries)).find(
      ({ replayKey }) => replayKey === "卡住",
    );
    expect(stuck).toMatchObject({ processedAt: null, error: expect.any(String) });

    await rowsOf(app.api.desk.db, sql`drop trigger fails on messages`);
    const params = { id: app.channelId, deliveryId: stuck?.id ?? "" };
    expect((await app.api.call(replayDeliveryOperation, { as: app.admin, params })).status).toBe(200);
    // It waits behind what is being read of the same customer, as it did when it came.
    const waiting = await rowsOf<{ queue_name: string }>(
      app.api.desk.db,
      sql`select queue_name from graphile_worker.jobs where task_identifier = 'channel.ingest' and attempts = 0`,
    );
    expect(waiting).toEqual([{ queue_name: stuck?.lane }]);
    await app.drain();
    await app.hurry();
    expect(await said("卡住")).toEqual(["卡住之后", "卡住很久之后", "卡住"]);
  });
});
