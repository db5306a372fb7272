import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@scrapersky/client";
import {
  caddySample,
  nginxSample,
  prepareProxies,
  type Proxy,
  startCaddy,
  startNginx,
} from "@scrapersky/testing/fixtures";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { OWNER, type Stack, startStack } from "./stack.ts";

// The samples of deploy/ one behind the other, with other names and ports and without TLS.

const available = await prepareProxies();

async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return port;
}

describe.runIf(available)("behind nginx and Caddy", () => {
  let stack: Stack;
  let folders: string[];
  let caddy: Proxy;
  let nginx: Proxy;
  let url: string;

  beforeAll(async () => {
    stack = await startStack({ TRUSTED_PROXIES: ["127.0.0.1"] });
    folders = await Promise.all(
      ["a", "b"].map((name) => mkdtemp(join(tmpdir(), `proxy-${name}-`))),
    );
    const [inner, outer, nobody] = [await freePort(), await freePort(), await freePort()];
    const api = Number(new URL(stack.url).port);
    const behindCaddy = { listen: inner, apis: [api, nobody], web: nobody } as const;
    caddy = await startCaddy(await caddySample(behindCaddy), folders[0]!);
    const behindNginx = { listen: outer, apis: [inner, nobody], web: nobody } as const;
    nginx = await startNginx(await nginxSample(behindNginx), folders[1]!);
    url = `http://127.0.0.1:${outer}`;
  });
  afterAll(async () => {
    await nginx.stop();
    await caddy.stop();
    await stack.close();
    for (const folder of folders) await rm(folder, { recursive: true });
  });

  test("live updates come as they are sent, and metrics not at all", async () => {
    const ready = () =>
      fetch(`${url}/health/ready`).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(ready).toBe(200);
    const client = createClient({ url, apiKey: stack.user(OWNER).apiKey });
    const { batchId } = await client.batches.create.mutate({ domains: ["a.example", "b.example"] });
    const onData = vi.fn<(data: unknown) => void>();
    const subscription = client.batches.onProgress.subscribe({ batchId }, { onData });
    await expect.poll(() => onData.mock.calls.length).toBe(1);
    await client.batches.cancel.mutate({ batchId });
    await expect.poll(() => JSON.stringify(onData.mock.lastCall)).toContain('"status":"cancelled"');
    subscription.unsubscribe();
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
  });
});
