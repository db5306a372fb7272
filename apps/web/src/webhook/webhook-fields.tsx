"use client";

import type { WebhookEvent } from "@scrapersky/api/contract";
import { WEBHOOK_URL_LENGTH_MAX } from "@scrapersky/api/wire";
import { useId } from "react";
import { Field, Input } from "#ui/field.tsx";
import { EVENT_WORDS } from "./webhook-words.ts";

export interface WebhookForm {
  url: string;
  events: WebhookEvent[];
}

/** Whether it can be sent; the server has the last word. */
export const isReady = ({ url, events }: WebhookForm): boolean =>
  /^https?:\/\/./.test(url.trim()) && events.length > 0;

/** Where a webhook is sent to, and what it is told of. */
export function WebhookFields({
  form: { url, events },
  change,
}: {
  form: WebhookForm;
  change: (patch: Partial<WebhookForm>) => void;
}) {
  const id = useId();
  return (
    <>
      <Field
        label="Address"
        htmlFor={`${id}-url`}
        hint="Anybody has to be able to reach it; answer with 2xx within ten seconds."
      >
        <Input
          id={`${id}-url`}
          type="url"
          autoFocus
          dir="ltr"
          placeholder="https://"
          maxLength={WEBHOOK_URL_LENGTH_MAX}
          value={url}
          onChange={({ target }) => change({ url: target.value })}
          aria-describedby={`${id}-url-hint`}
        />
      </Field>
      <fieldset>
        <legend className="mb-1.5 font-medium">Tell it when</legend>
        {(Object.keys(EVENT_WORDS) as WebhookEvent[]).map((event) => (
          <label key={event} className="flex min-h-8 items-center gap-2 pointer-coarse:min-h-11">
            <input
              type="checkbox"
              checked={events.includes(event)}
              onChange={({ target }) =>
                change({
                  events: target.checked
                    ? [...events, event]
                    : events.filter((one) => one !== event),
                })
              }
            />
            <span>
              {EVENT_WORDS[event]} <span className="figures text-muted">{event}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </>
  );
}
