import { readFileSync } from "node:fs";

/** What every contender is given: the same sites, and where they listen. */
export interface Course {
  names: string[];
  allow: { hosts: Record<string, { http?: string; https?: string }>; ca?: string };
  /** Pages to read per site. */
  pages: number;
  concurrency: number;
}

export type Contender = (course: Course) => Promise<{ pages: number }>;

/** What a contender's process prints as its last line. */
export interface Finish {
  pages: number;
  seconds: number;
  cpuSeconds: number;
  peakRssMb: number;
}

/** Runs a contender in this process on the course named by the first argument and prints its finish. */
export async function contend(contender: Contender): Promise<void> {
  const file = process.argv[2];
  if (file === undefined)
    throw new Error("Say where the course is: node <contender>.ts COURSE.json");
  const course = JSON.parse(readFileSync(file, "utf8")) as Course;
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const { pages } = await contender(course);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const finish: Finish = {
    pages,
    seconds,
    cpuSeconds: (cpu.user + cpu.system) / 1_000_000,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  };
  console.log(JSON.stringify(finish));
  process.exit(0);
}
