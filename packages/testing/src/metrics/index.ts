// A page of metrics as a collector reads it.
import { readFile } from "node:fs/promises";
import parse from "parse-prometheus-text-format";

export interface MetricsRead {
  names: string[];
  /** Names of all labels. */
  labels: Set<string>;
  /** Undefined where it is not told. */
  value(name: string, labels?: Record<string, string>): number | undefined;
}

const keyOf = (name: string, labels: Record<string, string> = {}): string =>
  [name, ...Object.entries(labels).map((pair) => pair.join("="))].toSorted().join();

export function readMetrics(page: string): MetricsRead {
  // The library takes the histograms of one name for one: without its type, each of their lines is a value.
  const families = parse(page.replaceAll(/^# TYPE \S+ (histogram|summary)$/gm, ""));
  const values = new Map(
    families.flatMap(({ name, metrics }) =>
      metrics.map(({ labels, value }) => [keyOf(name, labels), Number(value)]),
    ),
  );
  return {
    names: families.map(({ name }) => name),
    labels: new Set(
      families.flatMap(({ metrics }) => metrics.flatMap(({ labels }) => Object.keys(labels ?? {}))),
    ),
    value: (name, labels) => values.get(keyOf(name, labels)),
  };
}

/** Those of ours that docs/metrics.md does not tell of. */
export async function findUntold({ names }: MetricsRead): Promise<string[]> {
  const told = await readFile(new URL("../../../../docs/metrics.md", import.meta.url), "utf8");
  return names
    .filter((name) => name.startsWith("scrapersky_"))
    .filter(
      (name) => !told.includes(`\`${name.replace(/_seconds_(bucket|sum|count)$/, "_seconds")}\``),
    );
}
