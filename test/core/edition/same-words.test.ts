import { describe, expect, it } from "vitest";
import { differences } from "../../../core/edition/same-words.ts";
import { slot } from "../../../core/edition/slots.ts";

const page = (body: string): string => `<html><head><title>Kopf</title></head><body>${body}</body></html>`;

describe("the same words", () => {
  it.each([
    ["marks, columns and case of signs", "<p>Ein&nbsp;Haus · am&shy;See</p>", "Ein Haus,\n  – amSee"],
    [
      "the arrow and the preheader",
      '<div style="display:none">Vorab</div><h1><span aria-hidden="true">→ </span>Wege</h1>',
      "→ Wege",
    ],
    ["words broken by markup", "<p>CO<sub>2</sub> und <strong>W</strong>ort<sup>1</sup></p>", "CO₂ und Wort¹"],
    [
      "a picture and its name",
      '<img alt="Ein Turm"><p>Im Herbst. <span class="credit">Foto: X</span></p>',
      "[Bild: Ein Turm. Im Herbst.]",
    ],
    [
      "numbers of lists",
      '<ol start="3"><li>Drei</li><li>Vier</li></ol><ul><li>Strich</li></ul>',
      "3. Drei\n4. Vier\n- Strich",
    ],
    [
      "links and their list",
      '<p>Zur <a href="https://a.example/?x=1&amp;y=2">Satzung</a>.</p>',
      "Zur Satzung [1].\n\n[1] https://a.example/?x=1&y=2",
    ],
    ["an address as a label", '<a href="mailto:a@b.example">a@b.example</a>', "a@b.example"],
    ["an address in a sentence", "<p>Siehe https://a.example/x).</p>", "Siehe https://a.example/x)."],
    [
      "slots",
      `<p>${slot("greeting")}Wie</p><a href="${slot("leaveUrl")}">Ab</a>`,
      `${slot("greeting")}Wie\nAb: ${slot("leaveUrl")}`,
    ],
  ])("look past %s", (_, html, text) => {
    expect(differences(page(html), text)).toEqual([]);
  });

  it.each([
    ["a word that is missing", "<p>Ein rotes Haus</p>", "Ein Haus"],
    ["a word too many", "<p>Ein Haus</p>", "Ein Haus am See"],
    ["another order", "<p>Haus ein</p>", "ein Haus"],
    ["a number that differs", "<p>14:0 Stimmen</p>", "14:1 Stimmen"],
    ["two words glued together", "<p>Ein</p><p>Haus</p>", "EinHaus"],
    ["a target that is missing", '<a href="https://a.example/">Satzung</a>', "Satzung"],
    ["a target nobody linked", "<p>Satzung</p>", "Satzung [1]\n[1] https://a.example/"],
    ["another target", '<a href="https://a.example/">Satzung</a>', "Satzung [1]\n[1] https://b.example/"],
    ["a greeting in one part only", `<p>${slot("greeting")}Wie</p>`, "Wie"],
    ["a way to leave in one part only", `<a href="${slot("leaveUrl")}">Ab</a>`, "Ab"],
  ])("tell of %s", (_, html, text) => {
    expect(differences(page(html), text).length).toBeGreaterThan(0);
  });

  it("quote the place where they part", () => {
    expect(differences(page("<p>Drei Räder stehen im Tal</p>"), "Drei Räder liegen im Tal")).toEqual([
      "HTML „Drei Räder stehen im Tal“, Text „Drei Räder liegen im Tal“",
    ]);
  });
});
