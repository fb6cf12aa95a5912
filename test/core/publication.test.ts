import { expect, it } from "vitest";
import { publicationId } from "../../core/publication.ts";

it.each(["u", "e", "mailbox", "", "-", "a/b", "..", "Ä", "a".repeat(33)])("no publication is called %j", (id) => {
  expect(publicationId.safeParse(id).success).toBe(false);
});

it.each(["ue", "slk", "e-blatt", "7tage"])("one may be called %j", (id) => {
  expect(publicationId.safeParse(id).success).toBe(true);
});
