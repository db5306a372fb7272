import { afterAll, beforeAll, expect, test } from "vitest";
import { FAR_OWNER, OWNER, type Stack, startStack, VIEWER, WEB_URL } from "./stack.ts";

let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(() => stack.close());

const PATH = "/api/auth/sign-in/email";

test.each([
  [
    "application/x-www-form-urlencoded",
    '{"email":"other","x":"&email=EMAIL&password=PASSWORD&y="}',
  ],
  ["text/plain", '{"email":"EMAIL","password":"PASSWORD"}'],
  ["application/json", "email=EMAIL&password=PASSWORD"],
  ["application/json", '[{"email":"EMAIL","password":"PASSWORD"}]'],
])(
  "a right password is not looked at in a body that is no JSON object: %s %s",
  async (type, text) => {
    const { email, password } = stack.user(FAR_OWNER);
    const body = text.replace("EMAIL", email).replace("PASSWORD", password);
    const headers = { origin: WEB_URL, "content-type": type };
    const answer = await stack.post(PATH, body, undefined, headers);
    expect(answer.status).toBe(415);
    expect(answer.headers.getSetCookie()).toEqual([]);
    const json = await stack.post(PATH, { email, password }, undefined, {
      origin: WEB_URL,
      "content-type": "application/json; charset=utf-8",
    });
    expect(json.status).toBe(200);
  },
);

test("guesses sent at once are no more than guesses sent one after the other", async () => {
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, guess) =>
      stack.post(PATH, { email: OWNER, password: `guess ${guess}` }, undefined, {
        origin: WEB_URL,
      }),
    ),
  );
  const statuses = answers.map((answer) => answer.status).toSorted();
  expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(20).fill(429)]);
});

test("a person who was switched off gets no session, and no word of it without the password", async () => {
  await stack.rows("update profiles set active = false where email = :email", { email: VIEWER });
  const { email, password } = stack.user(VIEWER);
  const headers = { origin: WEB_URL };
  const wrong = await stack.post(PATH, { email, password: "a guess" }, undefined, headers);
  expect(wrong.status).toBe(401);
  const right = await stack.post(PATH, { email, password }, undefined, headers);
  expect(right.status).toBe(403);
  expect(await right.json()).toMatchObject({ code: "ACCOUNT_INACTIVE" });
  expect(right.headers.getSetCookie()).toEqual([]);
  const sessions = await stack.rows(
    "select 1 from app.sessions s join app.users u on u.id = s.user_id where u.email = :email",
    { email },
  );
  expect(sessions).toEqual([]);
});
