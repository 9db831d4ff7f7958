/**
 * `node scripts/screenshots.mjs URL DATA`: takes the README's pictures from a running demo, with a conversation made for
 * them. The pictures are looked at before they are committed.
 */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright";
import { systemChromium } from "./test/system-chromium.mjs";
import { root } from "./up/paths.mjs";

const [base = "http://localhost:3000", data = ".data"] = process.argv.slice(2);
const { accounts } = JSON.parse(readFileSync(path.join(data, "demo.json"), "utf8"));
const folder = path.join(root, "docs", "screenshots");
mkdirSync(folder, { recursive: true });

const phone = { width: 390, height: 844 };
const desktop = { width: 1440, height: 900 };
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? systemChromium(),
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
});

async function signedIn(account) {
  const context = await browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai" });
  const page = await context.newPage();
  await page.goto(`${base}/login`);
  await page.getByLabel("邮箱").fill(account.email);
  await page.getByLabel("密码", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.waitForURL(/desk|admin/);
  return page;
}

async function picture(page, name, size, colorScheme) {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.waitForLoadState("networkidle").catch(() => undefined);
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

const visitorContext = await browser.newContext({ locale: "zh-CN", timezoneId: "Asia/Shanghai", viewport: phone });
const visitor = await visitorContext.newPage();
await visitor.goto(`${base}/chat`);
await visitor.getByRole("textbox").fill("怎么退款？");
await visitor.getByRole("textbox").press("Enter");
await visitor.getByText("来源").first().waitFor();
await picture(visitor, "chat-phone-light", phone, "light");
await picture(visitor, "chat-phone-dark", phone, "dark");
await picture(visitor, "chat-desktop-light", desktop, "light");
await visitor.setViewportSize(phone);

const agent = await signedIn(accounts.agents.find(({ merchant }) => merchant === "qinghe"));
await agent.goto(`${base}/desk`);
await agent.request.put(`${base}/api/v1/me/presence`, { data: { status: "online" }, headers: { origin: base } });
await visitor
  .getByRole("button", { name: /转人工/ })
  .first()
  .click();
await visitor.getByText("为你服务").first().waitFor();
await agent.goto(`${base}/desk?tab=mine`);
await agent.getByText("怎么退款").first().or(agent.getByText("申请退款").first()).first().click();
await agent.getByText("24 小时内").first().waitFor();
await picture(agent, "desk-desktop-light", desktop, "light");
await picture(agent, "desk-desktop-dark", desktop, "dark");
await picture(agent, "desk-phone-light", phone, "light");
const admin = await signedIn(accounts.admin);
await admin.goto(`${base}/admin`);
await picture(admin, "admin-desktop-light", desktop, "light");
await picture(admin, "admin-desktop-dark", desktop, "dark");
await picture(admin, "admin-phone-light", phone, "light");
await browser.close();
