import { expect, test } from "@playwright/test";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

const it = test.extend<{ visitor: VisitorPage }>({
  visitor: async ({ page, locale }, use) => use(new VisitorPage(page.frameLocator("iframe"), wordsIn(locale, "chat"))),
});

it("asks the network for nothing until it is opened, then chats in its frame and gives the focus back", async ({
  page,
  visitor,
  locale,
}) => {
  const t = wordsIn(locale, "widget");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/demo");
  await expectAccessible(page);
  const launcher = page.getByRole("button", { name: t("open") });
  await expect(launcher).toBeVisible();
  expect(asked.filter((path) => /^\/(chat|api)/.test(path))).toEqual([]);

  await launcher.click();
  await expect(visitor.field).toBeVisible();
  await visitor.say("from the widget");
  await visitor.delivered();
  await visitor.field.press("Escape");
  await expect(page.locator("iframe")).toBeHidden();
  await expect(launcher).toBeFocused();

  await launcher.press("Enter");
  await expect(visitor.lines("from the widget")).toHaveCount(1);
});

it("does what the page asks for, also before it was there, and stays one", async ({ page, visitor, baseURL }) => {
  await page.addInitScript(() => {
    const place = window as unknown as { Yingda: { q?: unknown[]; (...call: unknown[]): void } };
    const queue = (...call: unknown[]) => {
      place.Yingda.q = [...(place.Yingda.q ?? []), call];
    };
    place.Yingda ??= queue;
    place.Yingda("setLocale", "en");
    place.Yingda("open");
  });
  await page.goto("/demo");
  const english = new VisitorPage(visitor.place, wordsIn("en", "chat"));
  await expect(english.field).toBeVisible();
  const before = await page.evaluate(() => Object.keys(window).filter((key) => /yingda/i.test(key)));
  expect(before).toEqual(["Yingda"]);

  await page.evaluate((address) => {
    const script = document.createElement("script");
    script.nonce = document.querySelector("script")?.nonce ?? "";
    script.src = `${address}/widget.js?again`;
    script.dataset["channel"] = "chn_other";
    const loaded = new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = reject;
    });
    document.body.append(script);
    return loaded;
  }, baseURL ?? "");
  await expect(page.locator("iframe")).toHaveCount(1);
});

it("listens to its own frame only", async ({ page, locale }) => {
  const t = wordsIn(locale, "widget");
  await page.goto("/demo");
  await expect(page.getByRole("button", { name: t("open") })).toBeVisible();
  await page.evaluate(() => {
    window.postMessage({ yingda: "message", author: "x", text: "forged words" }, "*");
    window.postMessage({ yingda: "unread", count: 99 }, "*");
    return new Promise((resolve) => {
      addEventListener("message", (event) => event.data === "last" && resolve(undefined));
      window.postMessage("last", "*");
    });
  });
  await expect(page.getByText("forged words")).toHaveCount(0);
  await expect(page.getByRole("button", { name: t("open"), exact: true })).toBeVisible();
});
