import type { AdoptionPlan, AdoptionStep, Decision } from "./adoption.ts";
import type { PlannedAdoption } from "./plan.ts";
import { asScript } from "./script.ts";

// A plan in words, and as the two files that `--out` writes.

/** The numbered list, from where the database is to a first sign-in. */
export function describeAdoption(plan: AdoptionPlan): string {
  const lines = [headOf(plan)];
  let number = 0;
  const entry = (title: string) => lines.push("", `${++number}. ${title}`);
  if (plan.obstacles.length > 0) {
    entry("By yourself, as no statement here does it");
    lines.push(...plan.obstacles.map((one) => `   - ${one}`));
  }
  for (const step of plan.steps) {
    entry(step.title);
    for (const decision of step.decisions) lines.push(...describeDecision(decision));
    lines.push(...describeChanges(step));
    lines.push(...describeStatements(step));
  }
  const { database, state, migrations, remains } = plan;
  if (migrations.length > 0) {
    entry("npm run db -- migrate");
    lines.push(
      `   by itself: ${migrations.join(", ")}`,
      `   ${state === "empty" ? "makes every table" : "real tables are verified and recorded, never altered"}; then the queue's schema`,
    );
  }
  if (state !== "empty" && migrations.length > 0) {
    entry("npm run db -- leads");
    lines.push("   makes leads of the domains that are there; may be stopped, and goes on");
  }
  entry(state === "empty" ? "npm run staff -- tenant create NAME" : "npm run staff -- link EMAIL");
  lines.push(
    state === "empty"
      ? "   then: npm run staff -- add EMAIL --tenant SLUG --role owner"
      : "   gives a person with a profile a link that sets a password and signs in",
  );
  if (remains.length > 0) lines.push("", "Left as it is:", ...remains.map((one) => `  - ${one}`));
  const gone = Object.entries(plan.merged);
  if (plan.steps.length > 0) {
    lines.push(
      "",
      `Rows that go, each kept in app.adopted_rows: ${gone.length === 0 ? "none" : gone.map(([table, rows]) => `${table} ${rows}`).join(", ")}`,
      `Plan ${plan.fingerprint}. Nothing was changed. Write the script: --out FILE; do it here: --apply, which asks for the name ${database}.`,
    );
  }
  return lines.join("\n");
}

function headOf({ database, state }: AdoptionPlan): string {
  if (state === "empty")
    return `Database ${database} has none of our tables: there is nothing to adopt.`;
  if (state === "current")
    return `Database ${database} is as the migrations expect it: there is nothing to adopt.`;
  return `Database ${database} is one of the first system. From here to a first sign-in:`;
}

function describeDecision({ says, otherwise, examples }: Decision): string[] {
  return [
    `   - ${says}`,
    ...examples.map((one) => `       ${one}`),
    ...(otherwise === undefined ? [] : [`       to have it otherwise, before: ${otherwise}`]),
  ];
}

function describeChanges({ changes, locks, rewrites }: AdoptionStep): string[] {
  return [
    ...changes.map((one) => `   · ${one}`),
    ...(locks.length > 0 ? [`   locks: ${locks.join(", ")}`] : []),
    ...(rewrites.length > 0 ? [`   writes anew: ${rewrites.join(", ")}`] : []),
  ];
}

const SHOWN_LENGTH = 240;

/** What changes rows and tables of theirs; what only prepares it, and keeps rows, is in the script. */
function describeStatements({ statements }: AdoptionStep): string[] {
  const theirs = statements.filter(
    (sql) => !/^(?:create temporary|create index on adopt_|insert into adopt_)/.test(sql),
  );
  return theirs.map((sql) => {
    const line = sql.replace(/\s+/g, " ");
    const whole =
      line.length <= SHOWN_LENGTH ? line : `${line.slice(0, SHOWN_LENGTH)} … (whole in the script)`;
    return `     ${whole}`;
  });
}

/** The script as text: forward, and the way back. */
export function scriptsOf(plan: PlannedAdoption): { forward: string; back: string } {
  const titles = plan.steps.flatMap(({ title, decisions }, index) => [
    `${index + 1}. ${title}`,
    ...decisions.flatMap(({ says, see }) => [
      `   - ${says}`,
      `     all of them: ${see.replace(/\s+/g, " ")};`,
    ]),
  ]);
  return {
    forward: asScript(
      [
        `Adopts the database ${plan.database} of the first system. Plan ${plan.fingerprint}.`,
        "One transaction: all of it or nothing. Stop what writes to the database before.",
        "",
        ...titles,
      ],
      plan.forward,
    ),
    back: asScript(
      [
        `The way back from plan ${plan.fingerprint} on the database ${plan.database}, until migrations ran.`,
        "One transaction: all of it or nothing.",
      ],
      plan.back,
    ),
  };
}
