import type { SendMail } from "../mail/mail.ts";
import type { Actor } from "../rbac/actor.ts";
import { LINK_HOURS } from "../sign-in-link/sign-in-link.contract.ts";
import type { Invitation } from "./invite-person.ts";
import type { Invited } from "./profile.contract.ts";

/**
 * Tells somebody by mail that they were invited, once that is certain; without a mail server, or where it takes nothing,
 * the link is for the inviter to hand over, unless it would lead into another tenant too.
 */
export async function tellInvited(
  { person, link, isOnlyHere }: Omit<Invitation, "role">,
  { actor, mail, webUrl }: { actor: Actor; mail: SendMail | null; webUrl: string },
): Promise<Invited> {
  const isMailed =
    mail !== null && (await isTaken(mail, mailOf(person.email, actor, link, webUrl)));
  return {
    profileId: person.id,
    email: person.email,
    mailed: isMailed,
    link: isMailed || !isOnlyHere ? null : (link?.link ?? null),
    expiresAt: link?.expiresAt.toISOString() ?? null,
  };
}

const isTaken = (send: SendMail, mail: Parameters<SendMail>[0]): Promise<boolean> =>
  send(mail).then(
    () => true,
    () => false,
  );

function mailOf(to: string, actor: Actor, link: Invitation["link"], webUrl: string) {
  const who = actor.name ?? actor.email ?? "Somebody";
  const way =
    link === null
      ? `Sign in with the password you have:\n\n${webUrl}`
      : `This link sets your password and signs you in. It works once, within ${LINK_HOURS} hours:\n\n${link.link}`;
  return {
    to,
    subject: `You were invited to ${actor.tenantName} on ScraperSky`,
    text: `${who} made you a member of ${actor.tenantName} on ScraperSky.\n\n${way}\n`,
  };
}
