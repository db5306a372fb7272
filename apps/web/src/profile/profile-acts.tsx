"use client";

import type { Invited, Profile } from "@scrapersky/api/contract";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { usePath } from "#shell/me.tsx";
import { useAct } from "#trpc/use-act.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { PROFILES_KEY } from "./profile-queries.ts";

/** Another link, shutting out and letting in, and taking out of the tenant. */
export function ProfileActs({
  profile: { id: profileId, name, email, active, invited },
  onInvited,
  onError,
}: {
  profile: Profile;
  onInvited: (invited: Invited) => void;
  onError: (error: unknown) => void;
}) {
  const path = usePath();
  const router = useRouter();
  const [asked, setAsked] = useState<"disable" | "remove" | null>(null);
  const resend = useAct(
    PROFILES_KEY,
    ({ profiles }) => profiles.resendInvite.mutate({ profileId }),
    onInvited,
  );
  const enable = useAct(PROFILES_KEY, ({ profiles }) => profiles.enable.mutate({ profileId }));
  const disable = useAct(
    PROFILES_KEY,
    ({ profiles }) => profiles.disable.mutate({ profileId }),
    () => setAsked(null),
  );
  const remove = useAct(
    PROFILES_KEY,
    ({ profiles }) => profiles.remove.mutate({ profileId }),
    () => router.push(path("/profiles")),
  );
  const who = name ?? email ?? "this person";
  const isDisabling = asked === "disable";
  const ending = isDisabling ? disable : remove;
  return (
    <>
      {active && invited ? (
        <Button disabled={resend.isPending} onClick={() => resend.mutate(undefined, { onError })}>
          Send another link
        </Button>
      ) : null}
      {active ? (
        <Button onClick={() => setAsked("disable")}>Disable…</Button>
      ) : (
        <Button
          variant="primary"
          disabled={enable.isPending}
          onClick={() => enable.mutate(undefined, { onError })}
        >
          Enable
        </Button>
      )}
      <Button onClick={() => setAsked("remove")}>Remove…</Button>
      <ConfirmDialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        title={isDisabling ? `Shut ${who} out?` : `Take ${who} out of this tenant?`}
        confirm={isDisabling ? "Disable" : "Remove"}
        keep="Leave as it is"
        busy={ending.isPending}
        onConfirm={() => ending.mutate(undefined)}
      >
        <p>
          {isDisabling
            ? "Their sessions, keys and open pages end within seconds. They can be enabled again."
            : "They lose their role and their keys here. What they did stays."}
        </p>
        {ending.isError ? <ErrorCard error={ending.error} className="mt-3" /> : null}
      </ConfirmDialog>
    </>
  );
}
