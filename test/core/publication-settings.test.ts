import { describe, expect, it } from "vitest";
import { publicationSettings } from "../../core/publication-settings.ts";

const least = {
  title: "ELBLANDbote",
  publisher: { name: "Elbländischer Gemeindebund e. V.", address: "Am Alten Hafen 4, 01999 Lindenau" },
  sender: "post@elblandbote.example",
};

describe("settings as people write them down", () => {
  it("are complete with a title, a publisher and a sender", () => {
    expect(publicationSettings.parse(least)).toMatchObject({
      id: "elblandbote",
      titleParts: ["ELBLAND", "bote"],
      language: "de",
      baseUrl: "http://127.0.0.1:4810/elblandbote",
      publisher: { address: ["Am Alten Hafen 4", "01999 Lindenau"], email: "post@elblandbote.example" },
      sender: { name: "ELBLANDbote", replyTo: "post@elblandbote.example", listId: "elblandbote.elblandbote.example" },
    });
  });

  it("never overwrite what was said", () => {
    const said = {
      ...least,
      id: "bote",
      titleParts: ["ELB", "LANDbote"],
      privacy: "Unser Text.",
      baseUrl: "https://bote.example",
    };
    expect(publicationSettings.parse(said)).toMatchObject({
      id: "bote",
      titleParts: ["ELB", "LANDbote"],
      privacy: "Unser Text.",
      baseUrl: "https://bote.example",
    });
  });

  it("take titles of topics, and one sentence of consent in the publication's language", () => {
    const said = {
      ...least,
      topics: ["Bauen & Planen", { id: "kitas", title: "Kitas und Schulen" }],
      consentWording: "Ja, ich bestelle.",
    };
    expect(publicationSettings.parse(said)).toMatchObject({
      topics: [
        { id: "bauen-und-planen", title: "Bauen & Planen" },
        { id: "kitas", title: "Kitas und Schulen" },
      ],
      consentWording: { de: "Ja, ich bestelle." },
    });
    expect(publicationSettings.safeParse({ ...said, topics: ["Kitas", "Kitas"] }).success).toBe(false);
  });

  it("speak of authors in the privacy text only where their mail is taken in", () => {
    const { privacy } = publicationSettings.parse({ ...least, submissions: "beitrag@elblandbote.example" });
    expect(privacy.split("\n\n").at(-1)).toMatch(/^Wer Beiträge per Mail einreicht, von dem speichert ELBLANDbote/);
    expect(publicationSettings.parse(least).privacy).not.toContain("Beiträge");
  });

  it("name whom to ask in the privacy text nobody wrote", () => {
    expect(publicationSettings.parse(least).privacy).toContain(
      "Elbländischer Gemeindebund e. V., post@elblandbote.example",
    );
  });

  it.each(["title", "publisher", "sender"])("cannot guess the %s", (what) => {
    expect(publicationSettings.safeParse({ ...least, [what]: undefined }).success).toBe(false);
  });
});
