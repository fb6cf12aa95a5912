import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Directory } from "../../functions/cloud/cloud.ts";
import { groups, type Made, type Reach } from "./contract.ts";

export interface MadeDirectory extends Made {
  readonly directory: Directory;
  /** Whether somebody may prove this address; undefined where nobody is entered anywhere. */
  readonly knows?: (address: string) => Promise<boolean>;
}

const anybody = () => `autor-${randomUUID()}@rathaus.example`;

export function directoryContract(name: string, make: () => Promise<MadeDirectory>, reach: Reach = {}): void {
  const { everywhere } = groups(reach);

  describe(`the directory, ${name}`, () => {
    let made: MadeDirectory;
    beforeAll(async () => {
      made = await make();
    });
    afterAll(() => made?.end?.());
    const knows = async (address: string) => made.knows?.(address);

    everywhere("admitting and dismissing", () => {
      it("knows whom it admitted, and nobody else", async () => {
        const [ours, stranger] = [anybody(), anybody()];
        await made.directory.admit(ours);
        expect([true, undefined]).toContain(await knows(ours));
        expect([false, undefined]).toContain(await knows(stranger));
      });

      it("admits somebody twice as once, with whatever they proved before", async () => {
        const ours = anybody();
        await made.directory.admit(ours);
        await made.directory.admit(ours);
        expect([true, undefined]).toContain(await knows(ours));
      });

      it("dismisses whom it knows, and whom it never knew", async () => {
        const ours = anybody();
        await made.directory.admit(ours);
        await made.directory.dismiss(ours);
        await made.directory.dismiss(ours);
        await made.directory.dismiss(anybody());
        expect([false, undefined]).toContain(await knows(ours));
      });

      it("admits again whom it dismissed", async () => {
        const ours = anybody();
        await made.directory.admit(ours);
        await made.directory.dismiss(ours);
        await made.directory.admit(ours);
        expect([true, undefined]).toContain(await knows(ours));
      });
    });
  });
}
