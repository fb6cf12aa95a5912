import { systemClock } from "../../functions/cloud/clock.ts";
import { dynamoTable } from "../../functions/cloud/table.ts";
import { tableContract } from "../cloud/table.contract.ts";
import { reach, rentTable } from "./rented.ts";

tableContract(
  "DynamoDB",
  async () => {
    const { what: name, end } = await rentTable();
    const open = () => dynamoTable(name, systemClock);
    // AWS restores into a table of its own, and takes half an hour over it; to a new table it gives a new id likewise.
    const copied = async () => {
      const { what: copy, end } = await rentTable();
      return { table: dynamoTable(copy, systemClock), end };
    };
    return { table: open(), another: open(), copied, end };
  },
  reach,
);
