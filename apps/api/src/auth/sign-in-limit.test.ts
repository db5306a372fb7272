import { RateLimiterMemory } from "rate-limiter-flexible";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSignInLimit, type SignInLimit, type TryOutcome } from "./sign-in-limit.ts";

const HERE = "192.0.2.1";

let limit: SignInLimit;
beforeEach(() => {
  vi.useFakeTimers();
  // The counters of the database count alike: the shared limits' test holds them to it.
  limit = createSignInLimit(new RateLimiterMemory({ points: 10, duration: 300 }) as never);
});
afterEach(() => void vi.useRealTimers());

async function attempt(email: string, outcome: TryOutcome, address = HERE): Promise<number> {
  const place = await limit.begin(email, address);
  if (!place.allowed) return place.waitMs;
  await place.end(outcome);
  return 0;
}

test("ten failures close the door for the rest of five minutes, for this person from this address only", async () => {
  for (let failure = 0; failure < 10; failure++) {
    const email = failure % 2 === 0 ? "A@x.example " : "a@x.example";
    expect(await attempt(email, "wrong")).toBe(0);
    vi.advanceTimersByTime(1000);
  }
  expect(await attempt("a@x.example", "right")).toBe(290_000);
  expect(await attempt("b@x.example", "wrong")).toBe(0);
  expect(await attempt("a@x.example", "right", "192.0.2.2")).toBe(0);
  vi.advanceTimersByTime(290_000);
  expect(await attempt("a@x.example", "wrong")).toBe(0);
});

test("a success forgets the failures before it", async () => {
  for (let failure = 0; failure < 9; failure++) await attempt("a@x.example", "wrong");
  await attempt("a@x.example", "right");
  await attempt("a@x.example", "wrong");
  expect(await attempt("a@x.example", "wrong")).toBe(0);
});

test("tries under way take places, and give them back when the password was not looked at", async () => {
  const places = await Promise.all(
    Array.from({ length: 11 }, () => limit.begin("a@x.example", HERE)),
  );
  expect(places.map((place) => place.allowed)).toEqual([...Array<boolean>(10).fill(true), false]);
  for (const place of places) if (place.allowed) await place.end("other");
  expect(await attempt("a@x.example", "other")).toBe(0);
});
