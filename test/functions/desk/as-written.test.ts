import { expect, it } from "vitest";
import { asWritten } from "../../../functions/desk/as-written.ts";
import { testCloud } from "../../cloud/test-cloud.ts";

const written = (deskUrl: string, more: object = {}) =>
  JSON.stringify({ issuer: "https://issuer.example", clientId: "desk", deskUrl, ...more });

/** A desk whose secret somebody writes anew. */
function aDesk() {
  const cloud = testCloud();
  let text = written("https://redaktion.example");
  const secrets = { ...cloud.secrets, read: async () => text };
  const doors = asWritten({ ...cloud, secrets }, (made) => made);
  const write = (other: string): void => {
    text = other;
  };
  return { doors, write };
}

it("stands where its deployment wrote it down, and lets files be posted to storage", async () => {
  const { baseUrl, storage, session } = await aDesk().doors();
  expect(baseUrl.href).toBe("https://redaktion.example/");
  expect(storage).toHaveLength(1);
  expect(session).toBeDefined();
});

it("knows where publications hang beside each other, where its deployment does", async () => {
  const { doors, write } = aDesk();
  expect((await doors()).site).toBeUndefined();
  write(written("https://redaktion.example", { siteUrl: "https://hefte.example" }));
  expect((await doors()).site?.href).toBe("https://hefte.example/");
});

it("is made once, and anew when a deployment moves it while we run", async () => {
  const { doors, write } = aDesk();
  const first = await doors();
  expect(await doors()).toBe(first);
  write(written("https://neu.example"));
  expect((await doors()).baseUrl.href).toBe("https://neu.example/");
});
