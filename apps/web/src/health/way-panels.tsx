"use client";

import type { PlatformHealth, WayHealth } from "@scrapersky/api/contract";
import { formatCount } from "#format/number.ts";
import { type Fact, Facts } from "#ui/facts.tsx";
import { Looking } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { modeWords, msWords, poolerWords, spreadWords } from "./health-words.ts";

/** The two ways to the database side by side, and the connections that this api has. */
export function WayPanels({ health }: { health: PlatformHealth }) {
  const { ways, isApart, pooler, mode, pool, notes } = health;
  return (
    <>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2 xl:grid-cols-3">
        <Way
          title="Pooled"
          way={ways.pooled}
          more={[
            { label: "Pooler", value: poolerWords(pooler) },
            { label: "Mode", value: modeWords(mode) },
          ]}
        />
        <Way
          title="Direct"
          way={ways.direct}
          more={[
            {
              label: "Address",
              value: isApart
                ? "its own"
                : "that of the pooled way: DATABASE_MIGRATION_URL is not set",
            },
          ]}
        />
        <Box title="Connections of this api">
          <Facts
            facts={[
              { label: "In use", value: `${formatCount(pool.inUse)} of ${formatCount(pool.max)}` },
              { label: "Idle", value: formatCount(pool.idle) },
              { label: "Opening", value: formatCount(pool.opening) },
              { label: "Callers wait", value: formatCount(pool.waiting) },
              {
                label: "Waits",
                value:
                  pool.waits === null
                    ? "nobody asked within a minute"
                    : spreadWords(pool.waits, "caller"),
              },
            ]}
          />
        </Box>
      </div>
      {notes.length === 0 ? null : (
        <ul className="mt-2 list-inside list-disc text-xs text-muted">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Way({ title, way, more }: { title: string; way: WayHealth; more: Fact[] }) {
  const isWell = way.status === "ok";
  return (
    <Box title={title}>
      <Facts
        facts={[
          {
            label: "State",
            value: (
              <Looking
                look={
                  isWell
                    ? { tone: "complete", word: "Answers" }
                    : {
                        tone: "failed",
                        word: `Does not answer: ${(way.reason ?? "other").replaceAll("_", " ")}`,
                      }
                }
                still
                className="whitespace-normal"
              />
            ),
          },
          { label: "Now", value: way.latencyMs === null ? null : msWords(way.latencyMs) },
          {
            label: "Five minutes",
            value: way.latency === null ? null : spreadWords(way.latency, "look"),
          },
          {
            label: "Server",
            value:
              way.serverVersion === null
                ? null
                : `PostgreSQL ${way.serverVersion}${way.replica === true ? ", a replica" : way.readOnly === true ? ", read-only" : ""}`,
          },
          ...more,
        ]}
      />
    </Box>
  );
}

/** A panel with a name. */
export function Box({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Panel>
      <h3 className="border-b border-line px-4 py-2 text-sm font-medium">{title}</h3>
      {children}
    </Panel>
  );
}
