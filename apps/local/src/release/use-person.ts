// What a person does with a started product, over HTTP as a browser does it.
import { waitFor } from "@scrapersky/machine";
import { check } from "./bare.ts";

const PASSWORD = "a password of the proof";
const PATIENCE_MS = 120_000;

export interface Person {
  signIn(): Promise<void>;
  openPage(tenant: string): Promise<void>;
  scrape(domain: string): Promise<void>;
}

/** Waits for the dashboard and the API behind it, and takes the one-time link. */
export async function usePerson(web: string, link: string, email: string): Promise<Person> {
  let cookie = "";
  const call = async (path: string, body?: object): Promise<Response> =>
    await fetch(`${web}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { origin: web, cookie, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      redirect: "manual",
    });
  const enter = async (path: string, body: object) => {
    const answer = await call(path, body);
    const text = await answer.text();
    check(`POST ${path}`, answer.status === 200, text);
    cookie = answer.headers
      .getSetCookie()
      .map((one) => one.replace(/;.*/, ""))
      .join("; ");
  };
  const answers = async () => {
    const answer = await call("/health/ready").catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.status === 200;
  };
  check("dashboard and API answer", await waitFor(answers, PATIENCE_MS));
  await enter("/api/auth/sign-in/link", { token: new URL(link).hash.slice(1), password: PASSWORD });

  return {
    signIn: () => enter("/api/auth/sign-in/email", { email, password: PASSWORD }),
    async openPage(tenant) {
      const page = await call(`/t/${tenant}/batches`);
      const text = await page.text();
      check(
        "a page is drawn for the person",
        page.status === 200 && text.includes("</html>"),
        text,
      );
      const [script = ""] = /\/_next\/static\/[^"]+\.js/.exec(text) ?? [];
      const asset = await call(script);
      check("and its scripts are there", asset.status === 200 && (await asset.text()) !== "");
    },
    async scrape(domain) {
      const made = await call("/api/v3/batch_page_scraper/batch", {
        domains: [domain],
        max_pages: 3,
      });
      const { status_url: url = "" } = (await made.json()) as { status_url?: string };
      check("a batch is taken", made.ok && url !== "");
      const status = async () =>
        (await (await call(url)).json()) as { progress: number; completed_domains: number };
      check("it ends", await waitFor(async () => (await status()).progress === 100, PATIENCE_MS));
      check("its site is scraped", (await status()).completed_domains === 1);
      const contacts = await (await call("/api/v3/contacts?limit=5")).text();
      check("what the site says is stored", contacts.includes(`hello@${domain}`), contacts);
    },
  };
}
