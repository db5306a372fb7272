import { expect, it } from "vitest";
import { namesOneThing, ownPage } from "./direct-text.ts";

it("tells ids and addresses of the web from what people look for", () => {
  for (const text of [
    "019ace9a-1b2c-7d3e-8f40-123456789abc",
    "https://www.acme.com/contact?x=1",
    "acme.com",
    "bäcker-müller.de/kontakt",
  ]) {
    expect(namesOneThing(text), text).toBe(true);
  }
  for (const text of [
    "acme",
    "info@acme.com",
    "+1 207 555 1000",
    "acme.com beta.com",
    "",
    "v1.2",
  ]) {
    expect(namesOneThing(text), text).toBe(false);
  }
});

it("knows an address of our own", () => {
  const origin = "https://sky.example";
  expect(ownPage("https://sky.example/t/acme/jobs?status=failed#x", origin)).toBe(
    "/t/acme/jobs?status=failed",
  );
  for (const text of [
    "https://other.example/t/acme",
    "https://sky.example/api/docs",
    "https://[",
  ]) {
    expect(ownPage(text, origin), text).toBeUndefined();
  }
});
