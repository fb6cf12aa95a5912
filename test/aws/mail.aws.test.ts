import { sesMail } from "../../functions/cloud/mail.ts";
import { mailContract } from "../cloud/mail.contract.ts";
import { needed } from "./rented.ts";

mailContract("SES", async () => ({
  mail: sesMail({
    editions: needed("CONTRACT_SET_EDITIONS", "a configuration set"),
    confirmations: needed("CONTRACT_SET_CONFIRMATIONS", "another configuration set"),
  }),
  from: needed("CONTRACT_FROM", "a verified sender"),
  to: "success@simulator.amazonses.com",
}));
