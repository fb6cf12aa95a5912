import { describe, expect, it } from "vitest";
import { readSection } from "../../../core/desk/change-settings.ts";
import { type SectionName, sectionNames, stateOf, type Typed, typedOf } from "../../../core/desk/settings.ts";
import { judgeColour } from "../../../core/desk/settings-view.ts";
import { house } from "../../../functions/house.ts";
import { aPublication } from "../../people-and-papers.ts";

const paper = aPublication({
  sections: ["Titel", "Aus den Gemeinden"],
  topics: [
    { id: "kitas", title: "Kitas" },
    { id: "bauen", title: "Bauen" },
  ],
});

const read = (section: SectionName, typed: Typed, publication = paper) =>
  readSection(publication, section, typed, house().palette);
function changed(section: SectionName, typed: Typed, publication = paper) {
  const result = read(section, typed, publication);
  if (!("changed" in result)) return expect.unreachable(JSON.stringify([...result.problems]));
  return result.changed;
}
function codes(section: SectionName, typed: Typed): Record<string, string> {
  const result = read(section, typed);
  if (!("problems" in result)) return {};
  return Object.fromEntries([...result.problems].map(([name, { code }]) => [name, code]));
}

describe("a section of the settings", () => {
  it.each(sectionNames)("saved as it was shown changes nothing: %s", (section) => {
    expect(changed(section, typedOf(paper, section))).toEqual(paper);
  });

  it("knows one state as long as nobody changes it, whatever else is changed", () => {
    const later = aPublication({ ...paper, accent: "#7A1F2B" });
    expect(stateOf(later, "sender")).toBe(stateOf(paper, "sender"));
    expect(stateOf(later, "masthead")).not.toBe(stateOf(paper, "masthead"));
  });

  it("keeps a field that no form held", () => {
    expect(changed("publisher", { "publisher.phone": "030 1" }).publisher).toEqual({
      ...paper.publisher,
      phone: "030 1",
    });
  });
});

describe("the masthead", () => {
  it("is the name and nothing else: its light half is what follows the bold one", () => {
    expect(changed("masthead", { title: "Das Blatt", bold: "Das" })).toMatchObject({ titleParts: ["Das", " Blatt"] });
    expect(changed("masthead", { title: "Talblatt", bold: "" })).toMatchObject({ titleParts: ["Talblatt", ""] });
  });

  it("has no bold half that is no beginning of the name", () => {
    expect(codes("masthead", { title: "Talblatt", bold: "Berg" })).toEqual({ bold: "setting-bold" });
  });

  it("is in no colour nobody can read, and the nearest one that can is named", () => {
    expect(codes("masthead", { accent: "#F0E060" })).toEqual({ accent: "weak-accent" });
    expect(codes("masthead", { accent: "grün" })).toEqual({ accent: "setting-colour" });
  });
});

describe("what is wrong", () => {
  it.each<[SectionName, Typed, Record<string, string>]>([
    ["masthead", { title: "", bold: "" }, { title: "setting-missing" }],
    ["masthead", { title: "x".repeat(301), bold: "" }, { title: "setting-long" }],
    ["publisher", { "publisher.address": " \n " }, { "publisher.address": "setting-missing" }],
    ["publisher", { issn: "12345678" }, { issn: "setting-issn" }],
    ["publisher", { "publisher.email": "bund@" }, { "publisher.email": "address-domain" }],
    ["sender", { "sender.from": "" }, { "sender.from": "setting-missing" }],
    ["sender", { "sender.replyTo": "a b@stadt.example" }, { "sender.replyTo": "address-space" }],
    ["authors", { dueDays: "bald" }, { dueDays: "setting-days" }],
    ["authors", { dueDays: "999" }, { dueDays: "setting-days" }],
    ["authors", { submissions: "beitrag" }, { submissions: "address-at" }],
    ["contents", { sections: "Titel\nTitel" }, { sections: "setting-twice" }],
    [
      "contents",
      { sections: Array.from({ length: 31 }, (_, n) => `Rubrik ${n}`).join("\n") },
      { sections: "setting-many" },
    ],
    ["privacy", { privacy: "" }, { privacy: "setting-missing" }],
    ["place", { timeZone: "Europe/Lindenau" }, { timeZone: "setting-time-zone" }],
    ["place", { baseUrl: "javascript:alert(1)", confirm: "yes" }, { baseUrl: "setting-url" }],
  ])("in %s is said at its field: %o", (section, typed, wrong) => {
    expect(codes(section, typed)).toEqual(wrong);
  });

  it("may be empty where nothing is needed", () => {
    const bare = changed("authors", { dueDays: "0", submissions: "" }, aPublication({ submissions: "a@b.example" }));
    expect(bare).not.toHaveProperty("submissions");
    expect(changed("readers", { "consentWording.de": "" }).consentWording).toEqual({});
    expect(codes("imprint", { imprint: "" })).toEqual({});
  });
});

describe("topics", () => {
  it("keep their ids, whatever they are called: readers have chosen them", () => {
    const { topics } = changed("contents", { "topic.kitas": "Kitas und Schulen", topics: "Wald & Wiese\n\nKitas" });
    expect(topics).toEqual([
      { id: "kitas", title: "Kitas und Schulen" },
      { id: "bauen", title: "Bauen" },
      { id: "wald-und-wiese", title: "Wald & Wiese" },
      { id: "kitas-2", title: "Kitas" },
    ]);
  });

  it("are struck off by emptying them", () => {
    expect(changed("contents", { "topic.kitas": "" }).topics).toEqual([{ id: "bauen", title: "Bauen" }]);
  });
});

describe("the address of the pages", () => {
  it("changes only for whoever says twice that it shall", () => {
    const moved = { baseUrl: "https://talblatt.example/" };
    expect(codes("place", moved)).toEqual({ baseUrl: "setting-moved" });
    expect(changed("place", { ...moved, confirm: "yes" }).baseUrl).toBe("https://talblatt.example");
    expect(changed("place", { baseUrl: `${paper.baseUrl}/` }).baseUrl).toBe(paper.baseUrl);
  });
});

describe("the name of the list", () => {
  const moved = { "sender.listId": "blatt.tal.example" };

  it("changes only for whoever says twice that readers' filters may miss", () => {
    expect(codes("sender", moved)).toEqual({ "sender.listId": "setting-list-moved" });
    expect(changed("sender", { ...moved, confirm: "yes" }).sender.listId).toBe("blatt.tal.example");
    expect(changed("sender", { "sender.listId": paper.sender.listId.toUpperCase() }).sender).toEqual(paper.sender);
  });

  it.each(["Mein Blatt", "blatt", "zürich.example", "blatt.example."])(
    "is none like this, and says how one looks: %s",
    (name) => {
      expect(codes("sender", { "sender.listId": name, confirm: "yes" })).toEqual({
        "sender.listId": "setting-list-id",
      });
    },
  );
});

describe("a colour that is tried", () => {
  it("is judged as it would be when saved, with the nearest one that can be read", () => {
    expect(judgeColour("de", "#0B5A3E", house())).toMatchObject({
      isReadable: true,
      sentence: "Gut zu lesen: Der Kontrast beträgt 7,3\u00A0:\u00A01.",
    });
    const pale = judgeColour("de", "#F0E060", house());
    expect(pale.isReadable).toBe(false);
    const nearest = pale.nearest?.colour ?? expect.unreachable();
    expect(pale.sentence).toContain(nearest);
    expect(pale.band.band).toBe(nearest);
    expect(judgeColour("de", nearest, house()).isReadable).toBe(true);
  });
});
