/** How the names of all drafts begin that this browser keeps; signing out drops them. */
export const DRAFT_START = "draft:";
