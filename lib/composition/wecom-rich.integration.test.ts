import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimOperation } from "@/lib/conversations/operations";
import { postRichMessageOperation } from "@/lib/conversations/rich-operations";
import { newId } from "@/lib/core/ids";
import { APP_URL } from "@/lib/testing/api-fixture";
import { PIXEL } from "@/lib/testing/pixel";
import { writeText } from "@/lib/testing/stubs/wecom/bell";
import { multipart, uploadRequest } from "@/lib/testing/upload-request";
import { WecomFixture } from "@/lib/testing/wecom-fixture";
import { uploadEndpoint } from "./file-endpoints";

const CUSTOMER = "wm-cards";

let wecom: WecomFixture;
let pictureFileId: string;

async function send(content: Record<string, unknown>) {
  const params = { id: (await wecom.conversationOf(CUSTOMER)).id };
  const body = { clientId: newId("client"), content };
  const response = await wecom.api.call(postRichMessageOperation, { as: wecom.agent, params, body });
  await wecom.drain();
  return { status: response.status, id: ((await response.json()) as { id: string }).id };
}

const last = () => wecom.stub.sent.filter(({ touser }) => touser === CUSTOMER).at(-1);

beforeAll(async () => {
  wecom = await WecomFixture.create();
  writeText(wecom.stub, CUSTOMER, "在吗");
  await wecom.ringAndRead();
  const params = { id: (await wecom.conversationOf(CUSTOMER)).id };
  await wecom.api.call(claimOperation, { as: wecom.agent, params });
  const request = uploadRequest(multipart({ name: "cover.png", bytes: PIXEL }), {
    origin: APP_URL,
    cookie: wecom.agent.cookie ?? "",
  });
  pictureFileId = ((await (await uploadEndpoint(["agent"])(request)).json()) as { id: string }).id;
});

afterAll(() => wecom.end());

describe("cards to WeCom users", () => {
  it.each([
    [
      "a page with its picture",
      () => ({ kind: "link", title: "退换货", description: "七天", url: "https://shop.example/r", pictureFileId }),
      { msgtype: "link", content: { title: "退换货", desc: "七天", thumb_media_id: expect.stringMatching(/^up_/) } },
    ],
    [
      "a page without one, in words",
      () => ({ kind: "link", title: "退换货", url: "https://shop.example/r" }),
      { msgtype: "text", content: { content: "退换货\nhttps://shop.example/r" } },
    ],
    [
      "a mini program, its title cut to what fits",
      () => ({ kind: "miniprogram", title: "店".repeat(64), appId: "wx1", path: "pages/a", pictureFileId }),
      { msgtype: "miniprogram", content: { title: "店".repeat(21), appid: "wx1", pagepath: "pages/a" } },
    ],
    [
      "a menu",
      () => ({ kind: "menu", text: "满意吗？", choices: ["满意", "不满意"] }),
      { msgtype: "msgmenu", content: { head_content: "满意吗？", list: [{ click: { content: "满意" } }, {}] } },
    ],
    [
      "a place",
      () => ({ kind: "location", title: "广州塔", description: "阅江西路", latitude: 23.106, longitude: 113.324 }),
      { msgtype: "location", content: { name: "广州塔", address: "阅江西路", latitude: 23.106, longitude: 113.324 } },
    ],
    [
      "a contact link",
      () => ({ kind: "contact", title: "加店长", url: "https://work.weixin.qq.com/ca/cawcde" }),
      { msgtype: "ca_link", content: { link_url: "https://work.weixin.qq.com/ca/cawcde" } },
    ],
  ])("%s goes as the platform takes it", async (_, content, expected) => {
    writeText(wecom.stub, CUSTOMER, "好的");
    await wecom.ringAndRead();
    const { status, id } = await send(content());
    expect(status).toBe(201);
    expect(last()).toMatchObject(expected);
    expect(await wecom.stateOf(id)).toMatchObject({ delivery: "sent", deliveryError: null });
  });

  it("one that the platform does not take is marked, and the agent sees why", async () => {
    writeText(wecom.stub, CUSTOMER, "好的");
    await wecom.ringAndRead();
    const { id } = await send({ kind: "contact", title: "别处", url: "https://shop.example/not-a-contact" });
    expect(await wecom.stateOf(id)).toMatchObject({ delivery: "failed", deliveryError: "rejected" });
  });
});
