import { openRelayedMail, relayAt } from "../local/cloud/smtp-relay.ts";
import { startLoopbackSmtp } from "./loopback-smtp.ts";
import { mailContract } from "./mail.contract.ts";

mailContract("over SMTP", async () => {
  const relay = await startLoopbackSmtp();
  const { mail, end } = openRelayedMail({ relay: relayAt(relay) });
  return {
    ...{ mail, from: "redaktion@elbland.example", to: "leserin@elbland.example" },
    arrived: async (messageId) => {
      const letter = relay.taken.find(({ raw }) => raw.includes(messageId));
      if (!letter) throw new Error("no such letter");
      return { ...letter, tags: {} };
    },
    end: async () => {
      end();
      await relay.stop();
    },
  };
});
