"use client";

import { PASSWORD_LENGTH } from "@scrapersky/api/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { Button } from "#ui/button.tsx";
import { Field, Input } from "#ui/field.tsx";
import { postAccount, SESSIONS_KEY } from "./account-calls.ts";

/** Another password in the place of the current one. */
export function PasswordForm() {
  const queryClient = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: (body: object) => postAccount("/password", body),
    onSuccess: () => {
      form.current?.reset();
      return queryClient.invalidateQueries({ queryKey: SESSIONS_KEY });
    },
  });
  const { min, max } = PASSWORD_LENGTH;
  return (
    <form
      ref={form}
      method="post"
      className="max-w-md space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        const sent = new FormData(event.currentTarget);
        change.mutate({ currentPassword: sent.get("current"), newPassword: sent.get("new") });
      }}
    >
      <Field label="Current password" htmlFor="current-password">
        <Input
          id="current-password"
          name="current"
          type="password"
          autoComplete="current-password"
          required
        />
      </Field>
      <Field label="New password" htmlFor="new-password" hint={`${min} to ${max} characters`}>
        <Input
          id="new-password"
          name="new"
          type="password"
          autoComplete="new-password"
          minLength={min}
          maxLength={max}
          required
          aria-describedby="new-password-hint"
        />
      </Field>
      {change.isError ? (
        <p role="alert" className="text-sm text-failed">
          {change.error.message}
        </p>
      ) : null}
      {change.isSuccess ? (
        <p role="status" className="text-sm">
          Your password was changed. You are signed out everywhere else.
        </p>
      ) : null}
      <Button type="submit" disabled={change.isPending}>
        Change password
      </Button>
    </form>
  );
}
