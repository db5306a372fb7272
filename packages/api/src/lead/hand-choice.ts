/** Why an e-mail or a phone is the best one, where somebody said so. */
export const CHOSEN_BY_HAND = "Chosen by hand.";
export const CHOSEN_BY_HAND_AND_GONE = "Chosen by hand; the last scan did not find it any more.";
