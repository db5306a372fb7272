import { context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { currentTraceparent, inSpan, startTracing } from "../../src/observe/index.ts";
import { keepSpans } from "../../src/observe/spans.ts";

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
beforeEach(() => keepSpans(provider.getTracer("test")));
afterEach(() => {
  keepSpans(undefined);
  exporter.reset();
});
afterAll(() => context.disable());

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const SPAN = "b7ad6b7169203331";

test("a span is of the caller's trace, and what is carried on leads to it", async () => {
  const carried = await inSpan("outer", { parent: `00-${TRACE}-${SPAN}-01` }, async () => {
    await inSpan("inner", {}, async () => {});
    return currentTraceparent();
  });
  const [inner, outer] = exporter.getFinishedSpans();
  expect(outer?.parentSpanContext?.spanId).toBe(SPAN);
  expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
  expect(carried).toBe(`00-${TRACE}-${outer?.spanContext().spanId}-01`);
  expect(currentTraceparent()).toBeUndefined();
});

test.each([
  "",
  "nonsense",
  `ff-${TRACE}-${SPAN}-01`,
  `00-${TRACE}-${SPAN}-01-more`,
  `00-${TRACE.toUpperCase()}-${SPAN}-01`,
  `00-${"0".repeat(32)}-${SPAN}-01`,
  `00-${TRACE}-${"0".repeat(16)}-01`,
])("%j is nobody's trace: a new one begins", async (parent) => {
  await inSpan("alone", { parent, links: [parent] }, async () => {});
  const [span] = exporter.getFinishedSpans();
  expect(span?.parentSpanContext).toBeUndefined();
  expect(span?.links).toEqual([]);
  expect(span?.spanContext().traceId).not.toBe(TRACE);
});

test("what a caller does not want kept is not kept, and carried on as that", async () => {
  const parent = `00-${TRACE}-${SPAN}-00`;
  const carried = await inSpan("quiet", { parent }, async () => currentTraceparent());
  expect(exporter.getFinishedSpans()).toEqual([]);
  expect(carried).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
});

test("work that throws ends its span with the fault's name, not its words", async () => {
  const work = () => Promise.reject(new RangeError("the secret of somebody"));
  await expect(inSpan("failing", {}, work)).rejects.toThrow(RangeError);
  const [span] = exporter.getFinishedSpans();
  expect(span?.attributes).toEqual({ "error.type": "RangeError" });
  expect(JSON.stringify([span?.status, span?.events])).not.toContain("secret");
});

test("without a collector there is no span and no trace to carry on", async () => {
  const { isOn, hooks, stop } = await startTracing({
    endpoint: undefined,
    service: "test",
    version: "0",
    onFailure: () => {},
  });
  expect([isOn, hooks]).toEqual([false, []]);
  await stop();
  keepSpans(undefined);
  expect(await inSpan("none", {}, async () => currentTraceparent())).toBeUndefined();
  expect(exporter.getFinishedSpans()).toEqual([]);
});
