import { beforeEach, describe, expect, it } from "vitest";
import { operator } from "../../../core/rights.ts";
import type { Cloud } from "../../../functions/cloud/cloud.ts";
import { inviteAgain } from "../../../functions/desk/invitations.ts";
import { addPerson, removePerson } from "../../../functions/desk/people.ts";
import { listPeople } from "../../../functions/records/people.ts";
import { savePublication } from "../../../functions/records/publications.ts";
import { testCloud } from "../../cloud/test-cloud.ts";
import { aPublication } from "../../people-and-papers.ts";

const [bote, blatt] = [aPublication(), aPublication({ id: "waldblatt" })];
const mara = { address: "Mara@rathaus.example", name: "Mara" };
const author = { id: "thomas-serak", roles: ["author"] } as const;

let cloud: Cloud;
let entered: Set<string>;
let isDown: boolean;
beforeEach(async () => {
  entered = new Set();
  isDown = false;
  const act = (write: (address: string) => void) => async (address: string) => {
    if (isDown) throw new Error("Cognito is down");
    write(address);
  };
  const directory = { admit: act((one) => entered.add(one)), dismiss: act((one) => entered.delete(one)) };
  cloud = { ...testCloud(), directory };
  for (const publication of [bote, blatt]) await savePublication(cloud, publication);
});
const add = (publication = bote.id) => addPerson(cloud, operator, publication, mara);

describe("who may prove an address to the issuer of our own", () => {
  it("is whoever the desk knows, by the one spelling of their address", async () => {
    await add();
    expect([...entered]).toEqual(["mara@rathaus.example"]);
  });

  it("is nobody an author without the right wanted to enter", async () => {
    await expect(addPerson(cloud, author, bote.id, mara)).rejects.toMatchObject({ code: "not-allowed" });
    expect(entered.size).toBe(0);
  });

  it("stays somebody as long as one publication knows them", async () => {
    await add();
    await add(blatt.id);
    await removePerson(cloud, operator, bote.id, mara.address);
    expect(entered.size).toBe(1);
    await removePerson(cloud, operator, blatt.id, mara.address);
    expect(entered.size).toBe(0);
  });

  it("is entered by trying again when the issuer was down", async () => {
    isDown = true;
    await expect(add()).rejects.toThrow("Cognito is down");
    isDown = false;
    expect(await add()).toMatchObject({ isNew: false });
    expect(entered.size).toBe(1);
    expect(await listPeople(cloud, bote.id)).toHaveLength(1);
  });

  it("is entered again with another invitation", async () => {
    const { id } = await add();
    entered.clear();
    await inviteAgain(cloud, operator, bote.id, id, new URL("https://redaktion.example"));
    expect(entered.size).toBe(1);
  });
});
