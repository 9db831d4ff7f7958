import { expect, type Page } from "@playwright/test";

/**
 * Signs a person in as the page's form does, without showing it: for journeys that are about something else.
 *
 * A page load less for each of them; the form itself is walked by the journeys of accounts and by the main walk.
 */
export async function signInUnseen(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const { csrfToken } = (await (await page.request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await page.request.post("/api/auth/callback/credentials", {
    form: { email, password, csrfToken, callbackUrl: "/desk", json: "true" },
  });
  expect(answer.ok(), `sign-in answered ${answer.status()}`).toBe(true);
  expect((await page.context().cookies()).some(({ name }) => name.includes("yingda.session"))).toBe(true);
}
