import type { Invited } from "@scrapersky/api/contract";
import { Copyable } from "#ui/copy-button.tsx";

/** What became of an invitation, and the link where it is for the inviter to hand over. */
export function InvitedWords({ invited }: { invited: Invited }) {
  const { email, mailed, link } = invited;
  if (mailed) return <p role="status">A message is on its way to {email}.</p>;
  if (link === null) {
    return (
      <p role="status">{email} has a way in already and signs in with it. No message was sent.</p>
    );
  }
  return (
    <div role="status" className="space-y-2">
      <p>
        No message was sent. Give this link to {email}: it sets their password and works once,
        within 24 hours. It is shown only now.
      </p>
      <p className="figures rounded-md border border-line bg-canvas px-2.5 py-2">
        <Copyable text={link} label="Copy the link" />
      </p>
    </div>
  );
}
