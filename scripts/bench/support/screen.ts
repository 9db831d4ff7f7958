import type { Browser, Page } from "playwright";

/** An agent's desk in a browser, and what is measured of it. All times in milliseconds. */
export interface DeskScreen {
  /** Time in which the main thread could do nothing else, from now until the words stand in the list. */
  mainThreadUntil(text: string): Promise<number>;
  /** From the key press to the frame that shows the next conversation, for conversations that are loaded. */
  switchConversations(times: number): Promise<number[]>;
  /** From the click to the frame with the newest message, each time in a page of its own. */
  openLong(conversationId: string, times: number): Promise<number[]>;
  /** Frames a second, counted each second while the thread scrolls back. */
  scroll(): Promise<number[]>;
}

async function newDesk(browser: Browser, url: string, cookie: string, path = "/desk"): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  const [name = "", value = ""] = cookie.split("=", 2);
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  await page.goto(`${url}${path}`, { waitUntil: "networkidle" });
  return page;
}

/** Opens the desk of the person whose session cookie this is. */
export async function openDesk(browser: Browser, url: string, cookie: string): Promise<DeskScreen> {
  const page = await newDesk(browser, url, cookie);
  let current = page;
  return {
    mainThreadUntil: (text) => busiestUntil(page, text),
    async switchConversations(times) {
      await page.keyboard.press("j");
      await page.waitForTimeout(500);
      const seen: number[] = [];
      for (let step = 0; step < times; step += 1) {
        seen.push(await pressAndWait(page, step % 2 === 0 ? "j" : "k"));
        await page.waitForTimeout(150);
      }
      return seen;
    },
    async openLong(conversationId, times) {
      const seen: number[] = [];
      for (let turn = 0; turn < times; turn += 1) {
        const fresh = await newDesk(browser, url, cookie);
        await fresh.getByRole("searchbox").first().waitFor();
        seen.push(await openAndWait(fresh, conversationId));
        current = fresh;
      }
      return seen;
    },
    scroll: () => scrollBack(current),
  };
}

/** Presses a key in the page and waits for the first frame in which another conversation stands open. */
function pressAndWait(page: Page, key: string): Promise<number> {
  return page.evaluate(
    (pressed) =>
      new Promise<number>((resolve) => {
        const headOf = () => document.querySelector("section[aria-label] h2")?.textContent;
        const before = headOf();
        const since = performance.now();
        document.dispatchEvent(new KeyboardEvent("keydown", { key: pressed, bubbles: true }));
        const look = () => {
          if (headOf() === before) {
            requestAnimationFrame(look);
          } else {
            requestAnimationFrame(() => resolve(performance.now() - since));
          }
        };
        look();
      }),
    key,
  );
}

/** Follows the address of a conversation as a click does, and waits for the frame with its newest message. */
function openAndWait(page: Page, conversationId: string): Promise<number> {
  return page.evaluate(
    (id) =>
      new Promise<number>((resolve) => {
        const link = document.querySelector<HTMLElement>(`[data-conversation="${id}"]`);
        const since = performance.now();
        if (link) {
          link.click();
        } else {
          history.pushState(null, "", `/desk?c=${id}`);
          dispatchEvent(new PopStateEvent("popstate"));
        }
        const look = () => {
          if (document.querySelectorAll("[data-seq]").length > 20) {
            requestAnimationFrame(() => resolve(performance.now() - since));
          } else {
            requestAnimationFrame(look);
          }
        };
        look();
      }),
    conversationId,
  );
}

function busiestUntil(page: Page, text: string): Promise<number> {
  return page.evaluate(
    (words) =>
      new Promise<number>((resolve) => {
        // A timer that should fire every 4 ms: what it is late is what the main thread was busy.
        let busy = 0;
        let last = performance.now();
        const timer = setInterval(() => {
          const now = performance.now();
          busy = Math.max(busy, now - last - 4);
          last = now;
          if (document.body.textContent?.includes(words)) {
            clearInterval(timer);
            resolve(busy);
          }
        }, 4);
      }),
    text,
  );
}

function scrollBack(page: Page): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const scroller = [...document.querySelectorAll<HTMLElement>("section *")].find(
          (element) => element.scrollHeight > element.clientHeight + 400 && element.clientHeight > 300,
        );
        const seconds: number[] = [];
        let frames = 0;
        let since = performance.now();
        const frame = (now: number) => {
          frames += 1;
          scroller?.scrollBy(0, -40);
          if (now - since >= 1_000) {
            seconds.push((frames * 1_000) / (now - since));
            frames = 0;
            since = now;
          }
          if (seconds.length < 5) {
            requestAnimationFrame(frame);
          } else {
            resolve(seconds);
          }
        };
        requestAnimationFrame(frame);
      }),
  );
}
