import { awsCloud } from "../../functions/cloud/aws-cloud.ts";
import { readSettings } from "../../functions/cloud/settings.ts";
import { fakeClock } from "../cloud/fake-clock.ts";
import { twoPublicationsContract } from "../cloud/two-publications.contract.ts";
import { reach } from "./rented.ts";
import { rentStage } from "./stage.ts";

twoPublicationsContract(
  "on AWS",
  async () => {
    const { settings, end } = await rentStage();
    // Ours: ids are drawn anew in every run, for a rented table may be an old one.
    const clock = fakeClock(undefined, String(process.hrtime.bigint()));
    return { cloud: { ...awsCloud(readSettings(settings)), clock }, end };
  },
  reach,
);
