declare module "parse-prometheus-text-format" {
  interface Family {
    name: string;
    metrics: { labels?: Record<string, string>; value: string }[];
  }
  export default function parse(page: string): Family[];
}
