import { openTestCloud } from "../../cloud/test-cloud.ts";
import { twoPublicationsContract } from "../../cloud/two-publications.contract.ts";

twoPublicationsContract("on this machine", async () => {
  const { cloud, remove } = openTestCloud();
  return { cloud, end: async () => remove() };
});
