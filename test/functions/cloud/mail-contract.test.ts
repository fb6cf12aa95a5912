import { sesMail } from "../../../functions/cloud/mail.ts";
import { startLoopbackSes } from "../../cloud/loopback-ses.ts";
import { mailContract } from "../../cloud/mail.contract.ts";

mailContract(
  "SES over loopback",
  async () => {
    const carrier = await startLoopbackSes();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_SES: carrier.url,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
    });
    return {
      mail: sesMail({ editions: "kurier-editions", confirmations: "kurier-confirmations" }),
      from: "post@elbauen.example",
      to: "ada@leser.example",
      arrived: async (messageId: string) => {
        const sent = carrier.accepted[Number(messageId.split("-")[1]) - 1];
        if (!sent) throw new Error("never arrived");
        return { to: sent.destinations.join(), raw: sent.raw.toString("latin1"), tags: { ...sent.tags } };
      },
      end: carrier.stop,
    };
  },
  { everywhereOnly: true },
);
