import { expect, test } from "vitest";
import { createSignInLimit } from "./sign-in-limit.ts";

test("ten failures close the door for the rest of five minutes, for this person only", () => {
  let now = 0;
  const limit = createSignInLimit(() => now);
  for (let failure = 0; failure < 10; failure++) {
    expect(limit.waitMs("a@x.example")).toBe(0);
    limit.noteFailure(failure % 2 === 0 ? "A@x.example " : "a@x.example");
    now += 1000;
  }
  expect(limit.waitMs("a@x.example")).toBe(290_000);
  expect(limit.waitMs("b@x.example")).toBe(0);
  now = 300_000;
  expect(limit.waitMs("a@x.example")).toBe(0);
});

test("a success forgets the failures before it", () => {
  const limit = createSignInLimit(() => 0);
  for (let failure = 0; failure < 9; failure++) limit.noteFailure("a@x.example");
  limit.noteSuccess("a@x.example");
  limit.noteFailure("a@x.example");
  expect(limit.waitMs("a@x.example")).toBe(0);
});
