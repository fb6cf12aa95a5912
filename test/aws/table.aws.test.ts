import { systemClock } from "../../functions/cloud/clock.ts";
import { dynamoTable } from "../../functions/cloud/table.ts";
import { tableContract } from "../cloud/table.contract.ts";
import { reach, rentTable } from "./rented.ts";

tableContract(
  "DynamoDB",
  async () => {
    const { what: name, end } = await rentTable();
    return { table: dynamoTable(name, systemClock), another: dynamoTable(name, systemClock), end };
  },
  reach,
);
