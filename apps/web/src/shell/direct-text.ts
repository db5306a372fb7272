const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const WEB_ADDRESS = /^(?:https?:\/\/\S+|(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[/?#]\S*)?)$/iu;

/** Whether a text names one thing by itself, so that whoever pastes it wants to go there: an id, or an address of the web. */
export const namesOneThing = (text: string): boolean => UUID.test(text) || WEB_ADDRESS.test(text);

/** The page of ours that an address leads to. */
export const ownPage = (text: string, origin: string): string | undefined => {
  const address = /^https?:/i.test(text) ? URL.parse(text) : null;
  return address?.origin === origin && /^\/t\/[a-z0-9]/.test(address.pathname)
    ? address.pathname + address.search
    : undefined;
};
