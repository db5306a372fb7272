import type { ReferenceCall, ReferenceField, ReferencePart } from "@scrapersky/api/contract";
import { PageHeader } from "#ui/page-header.tsx";
import { Panel } from "#ui/table.tsx";
import { CodeBlock } from "./code-block.tsx";

/** The calls of one noun: what each takes, samples of it, and what it answers. */
export function ReferencePartView({
  part,
  kind,
  back,
}: {
  part: ReferencePart;
  kind: string;
  back: string;
}) {
  return (
    <>
      <PageHeader
        back={{ href: back, label: "API reference" }}
        title={<span className="inline-block first-letter:uppercase">{part.name}</span>}
        state={part.text === null ? kind : `${kind}. ${part.text}.`}
      />
      <nav aria-label="Calls">
        <ul className="flex flex-col gap-1 text-sm">
          {part.calls.map((call) => (
            <li key={call.id}>
              <a
                href={`#${call.id}`}
                className="text-accent-text underline-offset-2 hover:underline pointer-coarse:inline-flex pointer-coarse:min-h-11 pointer-coarse:items-center"
              >
                {call.title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {part.calls.map((call) => (
        <Told key={call.id} call={call} />
      ))}
    </>
  );
}

function Told({ call }: { call: ReferenceCall }) {
  const { id, verb, path, title, text, fields, samples, answer, headers, refusals, forms } = call;
  return (
    <section id={id} className="mt-8 scroll-mt-16 border-t border-line pt-5">
      <h2 className="text-base font-medium break-words">{title}</h2>
      <p className="figures mt-1 break-all">
        <span className="font-medium text-accent-text">{verb}</span> {path === title ? null : path}
      </p>
      <p className="mt-1 max-w-3xl text-sm text-muted">{text}</p>
      <div className="mt-3 grid gap-x-6 gap-y-3 xl:grid-cols-2 xl:items-start">
        <div className="min-w-0">
          {fields.length === 0 ? (
            <p className="mb-3 text-sm text-muted">It takes no fields.</p>
          ) : (
            <Panel className="mb-3">
              <dl className="divide-y divide-line text-sm">
                {fields.map((field) => (
                  <Field key={`${field.place} ${field.name}`} field={field} />
                ))}
              </dl>
            </Panel>
          )}
          {headers.length + refusals.length === 0 ? null : (
            <details className="mb-3 text-sm">
              <summary className="cursor-pointer py-1.5 text-muted hover:text-text">
                Headers and other answers
              </summary>
              <Panel>
                <dl className="divide-y divide-line">
                  {headers.map(({ name, note }) => (
                    <Row key={name} name={name}>
                      {note}
                    </Row>
                  ))}
                  {refusals.map(({ status, note, message, code }) => (
                    <Row key={status} name={status}>
                      {note}
                      {message === null ? null : (
                        <span className="block text-xs">
                          {message} {code === null ? null : <code className="figures">{code}</code>}
                        </span>
                      )}
                    </Row>
                  ))}
                </dl>
              </Panel>
              {forms.map(({ statuses, example }) => (
                <div key={statuses.join()} className="mt-3">
                  <CodeBlock title={`Form of ${statuses.join(", ")}`} of={title} text={example} />
                </div>
              ))}
            </details>
          )}
        </div>
        <div className="min-w-0">
          <CodeBlock title="curl" of={title} text={samples.curl} />
          <CodeBlock title="TypeScript" of={title} text={samples.typescript} />
          {answer === null ? null : <CodeBlock title="Answer" of={title} text={answer} />}
        </div>
      </div>
    </section>
  );
}

function Field({ field }: { field: ReferenceField }) {
  const { name, place, is, note, byDefault, isRequired } = field;
  const asked =
    byDefault === null ? (isRequired ? "required" : null) : `${byDefault} when left out`;
  return (
    <div className="px-4 py-2">
      <dt className="flex flex-wrap items-baseline gap-x-2">
        <code className="figures font-medium break-all">{name}</code>
        <span className="text-xs break-all text-muted">
          {[place, asked].filter((word) => word !== null).join(", ")}
        </span>
      </dt>
      <dd className="mt-0.5 break-words text-muted">
        {is}
        {note === null ? null : <span className="block text-xs">{note}</span>}
      </dd>
    </div>
  );
}

function Row({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap gap-x-3 px-4 py-2">
      <dt className="figures w-40 shrink-0 break-all">{name}</dt>
      <dd className="min-w-0 flex-1 basis-48 break-words text-muted">{children}</dd>
    </div>
  );
}
