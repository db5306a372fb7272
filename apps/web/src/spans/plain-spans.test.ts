import { SpanStatusCode } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { expect, test } from "vitest";
import { plainSpans } from "./plain-spans.ts";

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({
  spanProcessors: [plainSpans(new SimpleSpanProcessor(exporter))],
});
const tracer = provider.getTracer("next.js");

test("what Next says of its work is told without addresses and messages", () => {
  exporter.reset();
  const span = tracer.startSpan("fetch GET http://10.0.0.1:4000/api/trpc/x?secret", {
    attributes: {
      "next.span_type": "AppRender.fetch",
      "http.url": "http://10.0.0.1:4000/api/trpc/x?secret",
      "http.method": "GET",
    },
  });
  span.recordException(new Error("secret"));
  span.setStatus({ code: SpanStatusCode.ERROR, message: "secret" });
  span.end();
  const [told] = exporter.getFinishedSpans();
  expect(told).toMatchObject({
    name: "AppRender.fetch",
    attributes: { "next.span_type": "AppRender.fetch", "http.method": "GET" },
    status: { code: SpanStatusCode.ERROR },
  });
  expect(told?.spanContext()).toEqual(span.spanContext());
  const { attributes, events, name, status } = told!;
  expect(JSON.stringify({ attributes, events, name, status })).not.toMatch(/secret|10\.0\.0\.1/);
});

test.each(["/health/ready", "/_next/static/x.js"])(
  "%s is asked all day, and left out",
  (target) => {
    exporter.reset();
    const outer = tracer.startSpan("GET", { attributes: { "http.target": target } });
    tracer.startSpan("GET", { attributes: { "http.target": "/healthy" } }).end();
    outer.end();
    expect(exporter.getFinishedSpans().map(({ attributes }) => attributes)).toEqual([{}]);
  },
);
