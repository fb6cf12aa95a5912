import { systemClock } from "../../../functions/cloud/clock.ts";
import { clockContract } from "../../cloud/clock.contract.ts";

clockContract("the machine's own", async () => ({ clock: systemClock }));
