import { readable } from "../../../core/edition/letter.ts";
import { untouched } from "../../../core/edition/site/order-form.ts";
import type { SitePageName, SiteView } from "../../../core/edition/site/views.ts";
import { coverOf } from "../../../core/edition/web/cover.ts";
import type { Publication } from "../../../core/publication.ts";
import { anArticle, anEditionInput, aPublication } from "../../people-and-papers.ts";

/** Long enough to break a line that holds it whole. */
export const longAddress =
  "hannelore.mueller-luedenscheidt.pressestelle@verwaltungsgemeinschaft-oberes-elbland.example";
const address = longAddress;
const here = "e/v1.k.x.y";

export const sampleTopics: Publication["topics"] = [
  { id: "bauen", title: "Bauen und Planen" },
  { id: "recht", title: "Kommunalverfassungs- und Haushaltsrechtsprechungsübersicht" },
  { id: "menschen", title: "Menschen" },
];
const talblatt = aPublication({ id: "talblatt", title: "Talblatt", titleParts: ["Tal", "blatt"] });
const besides = [talblatt];
const typed = { ...untouched("de"), address: "almut@gmial.com", name: "Almut Weiß-Özdemir", topics: ["recht"] };
const choice = { topics: ["bauen"], format: "html", language: "de", awayUntil: "2026-12-24" } as const;

const cover = () =>
  coverOf(
    readable(
      anEditionInput(
        { "Aus den Gemeinden": [anArticle()] },
        { issue: { theme: { title: "Kleine Orte, große Wege", intro: "" } } },
      ),
    ),
  );

type Sample = { readonly [Name in SitePageName]: readonly (readonly [state: string, view: SiteView<Name>])[] };

/** Every page in every state it can be in. */
export const siteSamples = (): Sample => ({
  order: [
    ["untouched", { besides: [], typed: untouched("de") }],
    ["wrong", { besides, typed, addressProblem: "In der Adresse fehlt das @.", publicationsProblem: "Bitte wählen." }],
    ["slip", { besides, typed, meant: "almut@gmail.com" }],
    ["changed", { besides: [], typed: { ...typed, format: "text", publications: ["elblandbote"] }, isChanged: true }],
  ],
  slower: [
    ["first", { besides: [], typed: { ...typed, address, publications: ["elblandbote"] }, step: "x", isSoon: false }],
    ["soon", { besides: [], typed, step: "x", isSoon: true }],
  ],
  form: [["", {}]],
  mailbox: [["", { address }]],
  submit: [["", {}]],
  closed: [["", {}]],
  confirm: [
    ["one", { address, titles: ["ELBLANDbote"] }],
    ["three", { titles: ["ELBLANDbote", "Talblatt", "Amtsblatt der Verwaltungsgemeinschaft Oberes Elbland"] }],
  ],
  "confirm-move": [["", { address }]],
  confirmed: [
    ["with an issue", { titles: ["ELBLANDbote"], cover: cover(), preferences: here }],
    ["before the first", { titles: ["ELBLANDbote", "Talblatt"], cover: undefined, preferences: here }],
  ],
  moved: [["", {}]],
  already: [["", {}]],
  stale: [["", {}]],
  preferences: [
    ["as they are", { address, choice, earliest: "2026-11-23", here, leave: "u/v1.k.x.y" }],
    ["saved", { address, choice, earliest: "2026-11-23", here, leave: "u/v1.k.x.y", isSaved: true }],
    [
      "wrong",
      {
        ...{ address, choice, earliest: "2026-11-23", here, leave: "u/v1.k.x.y" },
        awayProblem: "Der 1. März 2026 ist schon vorbei.",
      },
    ],
    [
      "slip",
      {
        ...{ address, choice, earliest: "2026-11-23", here, leave: "u/v1.k.x.y" },
        move: { address: "almut@gmial.com", current: address, meant: "almut@gmail.com" },
      },
    ],
    [
      "stranger",
      {
        ...{ address, choice, earliest: "2026-11-23", here, leave: "u/v1.k.x.y" },
        move: { address: "jemand@auenrode.example", current: "jemand", isStranger: true },
      },
    ],
  ],
  gone: [["", { here }]],
  data: [
    ["asking", { typed: "", isWrong: false, here }],
    ["wrong", { typed: address, isWrong: true, here }],
  ],
  erase: [
    ["asking", { typed: "", isWrong: false, here }],
    ["wrong", { typed: address, isWrong: true, here }],
  ],
  erased: [["", {}]],
  leave: [
    ["known", { address }],
    ["unknown", {}],
  ],
  left: [
    ["just now", { address, undo: "u/v1.k.x.y/undo" }],
    ["long ago", {}],
  ],
  undone: [["", {}]],
  "too-late": [["", {}]],
  "unknown-link": [["", {}]],
  fault: [["", {}]],
});
