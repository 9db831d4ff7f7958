import { chromium } from "playwright";
import { readFileSync } from "node:fs";
const base = "http://localhost:4241", out = "/tmp/yd/adm7-dlg";
const demo = JSON.parse(readFileSync("/tmp/yd/adm7-data/demo.json", "utf8"));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
const zh = process.argv[2] !== "en";
const word = (a, b) => (zh ? a : b);
for (const [width, theme] of [[1440, "light"], [390, "dark"]]) {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, locale: zh ? "zh-CN" : "en", colorScheme: theme, timezoneId: "Asia/Shanghai", ...(width < 500 && { isMobile: true, hasTouch: true }) });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  await page.goto(`${base}/login?callbackUrl=/admin`);
  await page.waitForLoadState("networkidle");
  await page.locator("form input").nth(0).fill(demo.accounts.admin.email);
  await page.locator("input[type=password]").fill(demo.accounts.admin.password);
  await page.locator("form button[type=submit]").click();
  await page.waitForURL((u) => u.pathname === "/admin");
  const shot = async (name) => { await page.waitForTimeout(400); await page.screenshot({ path: `${out}/${width}-${zh ? "zh" : "en"}-${name}.png` }); };
  const step = async (name, path, act) => {
    try { await page.goto(base + path); await page.waitForLoadState("networkidle").catch(() => {}); await act(); await shot(name); } catch (e) { console.log(width, name, String(e).slice(0, 200)); }
  };
  const button = (n) => page.getByRole("button", { name: n, exact: true }).first();
  await step("provider", "/admin/bot", async () => { await button(word("添加模型服务", "Add a model service")).click(); await page.getByRole("dialog").waitFor(); await page.getByText(word("更多选项", "More options")).click(); });
  await step("invite", "/admin/agents", async () => { await button(word("邀请", "Invite")).click(); });
  await step("agent", "/admin/agents", async () => { await button(word("添加客服", "Add an agent")).click(); });
  await step("agentmenu", "/admin/agents", async () => { await page.getByRole("table").getByRole("button").last().click(); });
  await step("block", "/admin/blocklist", async () => { await button(word("封禁网段", "Block a network")).click(); });
  await step("merchant", "/admin/merchants", async () => { await button(word("添加商户", "Add a merchant")).click(); });
  await step("key", "/admin/api-keys", async () => { await button(word("创建密钥", "Create a key")).click(); });
  await step("rule", "/admin/rules", async () => { await button(word("新建规则", "New rule")).click(); });
  await step("macro", "/admin/macros", async () => { await button(word("新建宏", "New macro")).click(); });
  await step("channel", "/admin/channels", async () => { await button(word("添加渠道", "Add a channel")).click(); });
  await step("quick", "/admin/quick-replies", async () => { await button(word("新增快捷回复", "Add a quick reply")).click(); });
  await step("audit", "/admin/audit", async () => { await page.getByRole("table").getByRole("button").first().click(); });
  await step("export", "/admin/ratings", async () => { await button(word("导出", "Export")).click(); });
  await step("palette", "/admin", async () => { await page.keyboard.press("Control+k"); });
  await step("account", "/admin", async () => { await page.getByRole("button", { name: word(/账号|账户/, /account/i) }).last().click(); });
  await step("reports-low", "/admin/reports", async () => { await page.mouse.move(800, 600); await page.mouse.wheel(0, 3000); await page.getByText(word("客服工作", "Agents' work")).scrollIntoViewIfNeeded(); });
  await step("customers-none", "/admin/customers?search=zzzzzz", async () => {});
  await step("tickets", "/desk/tickets", async () => {});
  await step("404", "/admin/nowhere", async () => {});
  await context.close();
}
await browser.close();
