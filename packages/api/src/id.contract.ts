import { z } from "zod";
import { ID_LENGTH_MAX } from "./wire.contract.ts";

/** The id of a row as it was sent: what is no uuid gets the answer of an unknown one. */
export const idText = z.string().max(ID_LENGTH_MAX);
