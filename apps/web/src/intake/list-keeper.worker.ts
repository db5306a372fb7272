import { expose } from "comlink";
import { ListKeeper } from "./list-keeper.ts";

expose(new ListKeeper());
