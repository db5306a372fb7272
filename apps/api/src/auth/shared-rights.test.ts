import type { Actor } from "@scrapersky/api";
import { beforeEach, expect, test } from "vitest";
import { createSharedRights } from "./shared-rights.ts";

const by = (authorization: string, tenant?: string) => ({
  method: "GET",
  headers: new Headers({ authorization }),
  tenant,
});

let time: number;
let asked: number;
let rights: ReturnType<typeof createSharedRights>;
beforeEach(() => {
  time = 0;
  asked = 0;
  rights = createSharedRights(() => time);
});
const ask = () => {
  asked++;
  return Promise.resolve(null);
};

test("a hundred streams of one credential ask once, and again a second later", async () => {
  const look = () =>
    Promise.all(Array.from({ length: 100 }, () => rights.actorNow(by("Bearer one"), ask)));
  await look();
  time = 999;
  await look();
  expect(asked).toBe(1);
  time = 1_000;
  await look();
  expect(asked).toBe(2);
});

test("another key, and another tenant, are asked for by themselves", async () => {
  await rights.actorNow(by("Bearer one"), ask);
  await rights.actorNow(by("Bearer two"), ask);
  await rights.actorNow(by("Bearer one", "harbor"), ask);
  expect(asked).toBe(3);
});

test("what could not be asked is asked again by the next one", async () => {
  const away = () => Promise.reject<Actor | null>(new Error("database away"));
  await expect(rights.actorNow(by("Bearer one"), away)).rejects.toThrow("away");
  expect(await rights.actorNow(by("Bearer one"), ask)).toBeNull();
  expect(asked).toBe(1);
});
