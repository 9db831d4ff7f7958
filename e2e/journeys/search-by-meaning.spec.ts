import { expect, test as it } from "@playwright/test";
import { connect } from "@/db/client";
import { knowledgeEntries } from "@/db/schema/knowledge";
import { newId } from "@/lib/core/ids";
import { startEmbeddingServer } from "@/lib/testing/stubs/embeddings";
import { AdminPage, signIn } from "./admin-page";
import { openShopWithBoss } from "./own-boss";
import { databaseUrl } from "./own-shop";
import { expectAccessible, wordsIn } from "./visitor-page";

const WORDS = {
  zh: { entry: "哪里可以借雨伞", asked: "突然变天怕淋湿怎么办", portOffset: 13 },
  en: { entry: "Where do I borrow an umbrella", asked: "it looks like rain", portOffset: 14 },
} as const;

async function openShopWithEntry(question: string) {
  const shop = await openShopWithBoss();
  const db = connect(databaseUrl(), 1);
  const { merchantId } = shop;
  try {
    await db
      .insert(knowledgeEntries)
      .values({ id: newId("entry"), merchantId, question, answer: "A1", language: "zh-CN", status: "published" });
  } finally {
    await db.$client.end();
  }
  return shop;
}

it("a service for vectors is set, tried, indexed with, and finds what words do not @once", async ({
  page,
  locale,
  baseURL,
}) => {
  const { entry, asked, portOffset } = WORDS[locale?.startsWith("en") ? "en" : "zh"];
  const server = await startEmbeddingServer(Number(new URL(baseURL ?? "").port) + portOffset);
  try {
    const shop = await openShopWithEntry(entry);
    const admin = new AdminPage(page, (namespace) => wordsIn(locale, namespace));
    const t = admin.words("admin-bot");
    await signIn(page, shop.lin, "/admin/bot/embeddings");
    await page.getByLabel(t("provider.baseUrl"), { exact: false }).fill(server.baseUrl);
    await page.getByLabel(t("provider.model"), { exact: false }).fill("test-embedding");
    await page.getByLabel(t("provider.apiKey")).fill("sk-journey");

    server.behave({ kind: "status", status: 401 });
    await page.getByRole("button", { name: t("vectors.test"), exact: true }).click();
    await expect(page.getByText(t("vectors.outcome.unauthorized"))).toBeVisible();
    server.behave({ kind: "answer" });
    await page.getByRole("button", { name: t("vectors.test"), exact: true }).click();
    await expect(page.getByText(t("vectors.outcome.unauthorized"))).toBeHidden();
    await expectAccessible(page);

    server.behave({ kind: "held" });
    await page.getByRole("button", { name: admin.words("common")("save"), exact: true }).click();
    await expect(page.getByText(t("vectors.meanwhile"))).toBeVisible();
    await expectAccessible(page);
    server.release();
    await expect(page.getByText(t("vectors.inUse"), { exact: true })).toBeVisible();

    const search = admin.words("admin-knowledge");
    await page.goto("/admin/knowledge/test");
    const ask = async () => {
      await page.getByRole("textbox", { name: search("testView.label") }).fill(asked);
      await page.getByRole("button", { name: search("testView.ask"), exact: true }).click();
      await expect(page.getByText(entry, { exact: true })).toBeVisible({ timeout: 2_000 });
    };
    // On a busy machine the first vector may come too late for its question: the next time it is there.
    await expect(ask).toPass();
    await expect(page.getByText(search("testView.byMeaning"), { exact: true })).toBeVisible();
    expect(server.texts()).toContain(asked);
  } finally {
    await server.stop();
  }
});
