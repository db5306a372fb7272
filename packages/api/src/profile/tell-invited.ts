import type { SendMail } from "../mail/mail.ts";
import type { Actor } from "../rbac/actor.ts";
import { LINK_HOURS } from "../sign-in-link/sign-in-link.contract.ts";
import type { Invitation } from "./invite-person.ts";
import type { Invited } from "./profile.contract.ts";

/**
 * Tells somebody by mail that they were invited, once that is certain; without a mail server, or where it takes nothing,
 * the link is for the inviter to hand over, unless it would lead into another tenant too. The tenant is that of the inviter where
 * none is named.
 */
export async function tellInvited(
  { person, link, isOnlyHere }: Omit<Invitation, "role">,
  to: { actor: Actor; mail: SendMail | null; webUrl: string; tenantName?: string },
): Promise<Invited> {
  const { actor, mail, webUrl, tenantName = actor.tenantName } = to;
  const about = { actor, tenantName, link, webUrl };
  const isMailed = mail !== null && (await isTaken(mail, mailOf(person.email, about)));
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

interface About {
  actor: Actor;
  tenantName: string;
  link: Invitation["link"];
  webUrl: string;
}

function mailOf(to: string, { actor, tenantName, link, webUrl }: About) {
  const who = actor.name ?? actor.email ?? "Somebody";
  const way =
    link === null
      ? `Sign in with the password you have:\n\n${webUrl}`
      : `This link sets your password and signs you in. It works once, within ${LINK_HOURS} hours:\n\n${link.link}`;
  return {
    to,
    subject: `You were invited to ${tenantName} on ScraperSky`,
    text: `${who} made you a member of ${tenantName} on ScraperSky.\n\n${way}\n`,
  };
}
