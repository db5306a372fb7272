import { expect, test } from "vitest";
import { createSignInLimit, type SignInLimit, type TryOutcome } from "./sign-in-limit.ts";

function attempt(limit: SignInLimit, email: string, outcome: TryOutcome): number {
  const place = limit.begin(email);
  if (!place.allowed) return place.waitMs;
  place.end(outcome);
  return 0;
}

test("ten failures close the door for the rest of five minutes, for this person only", () => {
  let now = 0;
  const limit = createSignInLimit(() => now);
  for (let failure = 0; failure < 10; failure++) {
    const email = failure % 2 === 0 ? "A@x.example " : "a@x.example";
    expect(attempt(limit, email, "wrong")).toBe(0);
    now += 1000;
  }
  expect(attempt(limit, "a@x.example", "right")).toBe(290_000);
  expect(attempt(limit, "b@x.example", "wrong")).toBe(0);
  now = 300_000;
  expect(attempt(limit, "a@x.example", "wrong")).toBe(0);
});

test("a success forgets the failures before it", () => {
  const limit = createSignInLimit(() => 0);
  for (let failure = 0; failure < 9; failure++) attempt(limit, "a@x.example", "wrong");
  attempt(limit, "a@x.example", "right");
  attempt(limit, "a@x.example", "wrong");
  expect(attempt(limit, "a@x.example", "wrong")).toBe(0);
});

test("tries under way take places, and give them back when they did not fail", () => {
  const limit = createSignInLimit(() => 0);
  const places = Array.from({ length: 11 }, () => limit.begin("a@x.example"));
  expect(places.map((place) => place.allowed)).toEqual([...Array<boolean>(10).fill(true), false]);
  const outcomes: TryOutcome[] = ["right", "other", ...Array<TryOutcome>(8).fill("wrong")];
  for (const place of places) if (place.allowed) place.end(outcomes.shift() ?? "other");
  expect(attempt(limit, "a@x.example", "wrong")).toBe(0);
  expect(attempt(limit, "a@x.example", "wrong")).toBe(0);
  expect(attempt(limit, "a@x.example", "wrong")).toBe(300_000);
});
