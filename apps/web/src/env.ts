import { withoutEmpty } from "@scrapersky/machine/settings";
import { z } from "zod";

const schema = z.object({
  /** Where apps/api listens. Read when the server starts, so one build runs anywhere. */
  API_URL: z.url({ protocol: /^https?$/ }).default("http://127.0.0.1:4000"),
  /** Where people open the dashboard; with https, browsers are told to stay with it. */
  WEB_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Where spans are sent by OTLP over HTTP; unset: none are kept. Its fellows OTEL_* are read by OpenTelemetry itself. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: "set it to http://host:4318" })
    .optional(),
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
});

const parsed = schema.safeParse(withoutEmpty(process.env));
if (!parsed.success) {
  throw new Error(`The web server's environment is not usable:\n${z.prettifyError(parsed.error)}`);
}

/** The environment of the web server, read once. Server code only. */
export const env = parsed.data;
