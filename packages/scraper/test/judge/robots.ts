import { readRobotsRules } from "../../src/crawl/robots-rules.ts";
import type { Judgement } from "./judgement.ts";

interface RobotsCase {
  test: string;
  robots: string;
  agent: string;
  url: string;
  allowed: boolean;
}

/** What one crawler forgives beyond RFC 9309 binds nobody else. */
const isOfOneCrawler = ({ test }: RobotsCase): boolean => test.startsWith("GoogleOnly_");

/** Judges by a JSON list of robots.txt files, agents and addresses. */
export function judgeRobots(suite: string, json: string): Judgement {
  const cases = JSON.parse(json) as RobotsCase[];
  const binding = cases.filter((entry) => !isOfOneCrawler(entry));
  const failed = binding
    .filter(({ robots, agent, url, allowed }) => {
      // the path as it is written: resolving it would escape what the case leaves unescaped
      const path = url.replace(/^[a-z]+:\/\/[^/]*/i, "") || "/";
      return readRobotsRules(robots, agent).isAllowed(path) !== allowed;
    })
    .map(({ test, robots, agent, url, allowed }) =>
      JSON.stringify({ test, robots: robots.slice(0, 200), agent, url, allowed }),
    );
  return {
    suite,
    passed: binding.length - failed.length,
    failed,
    skipped: cases.length - binding.length,
  };
}
