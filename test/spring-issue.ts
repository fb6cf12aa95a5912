import type { Article, Block, Inline } from "../core/article/article.ts";
import type { EditionInput } from "../core/edition/edition.ts";
import { anArticle, anEditionInput, aPicture, heading, paragraph, people, t } from "./people-and-papers.ts";

/** The spring issue of the ELBLANDbote: an article of every kind, every block and every inline at least once. */

const link = (url: string, text: string): Inline => ({ type: "link", url, content: t(text) });

const wind: Block[] = [
  paragraph(
    "Als der Gemeinderat im Herbst zusammenkam, lag der Beschluss schon auf dem Tisch: drei Windräder, 14:0 Stimmen.",
  ),
  heading("Ein Dorf rechnet"),
  {
    type: "paragraph",
    content: [
      ...t("Die Anlage bringt der Gemeinde "),
      { type: "strong", content: t("84 000 Euro") },
      ...t(" im Jahr, so steht es in der "),
      link("https://auenrode.example/beteiligung?jahr=2026&seite=3", "Satzung zur Beteiligung"),
      ...t(". Im "),
      { type: "abbr", title: "Erneuerbare-Energien-Gesetz", text: "EEG" },
      ...t(" steht dazu wenig"),
      { type: "noteRef", number: 1 },
      ...t("; der Ausstoß an CO"),
      { type: "sub", content: t("2") },
      ...t(" sinkt, das Tal heißt auf Sorbisch "),
      { type: "lang", language: "hsb", content: t("Łužica") },
      ...t(" und "),
      { type: "em", content: t("alle") },
      ...t(" dürfen mitreden."),
      { type: "break" },
      ...t("Gemessen wird je m"),
      { type: "sup", content: t("2") },
      ...t("."),
    ],
  },
  {
    type: "figure",
    picture: aPicture("windrad.jpg", {
      alt: "Ein Windrad über dem Dorf, davor eine Streuobstwiese",
      caption: t("Das mittlere der drei Räder steht auf Gemeindeland."),
      credit: "Jördis Mühlbach",
    }),
  },
  {
    type: "quote",
    blocks: [paragraph("Wir haben nicht gefragt, ob wir dürfen. Wir haben gefragt, wer mitmacht.")],
    source: t("Jördis Mühlbach, Bürgermeisterin"),
  },
  heading("Was es kostet, was es bringt"),
  {
    type: "table",
    caption: t("Einnahmen in Euro"),
    align: ["left", "right", "right"],
    head: [t("Jahr"), t("Pacht"), t("Beteiligung")],
    rows: [
      [t("2024"), t("31 000"), t("0")],
      [t("2025"), t("31 500"), t("42 700")],
      [t("2026"), t("32 000"), t("52 000")],
    ],
  },
  {
    type: "infobox",
    title: t("In drei Schritten"),
    blocks: [
      {
        type: "list",
        ordered: true,
        start: 1,
        items: [
          [paragraph("Früh einladen, nicht erst zur Auslegung.")],
          [
            paragraph("Zahlen offenlegen:"),
            { type: "list", ordered: false, start: 1, items: [[paragraph("Pacht")], [paragraph("Beteiligung")]] },
          ],
          [paragraph("Den Beschluss erklären.")],
        ],
      },
    ],
  },
  {
    type: "gallery",
    pictures: [
      aPicture("fest.jpg", { alt: "Menschen an langen Tischen unter Linden", caption: t("Das Fest am ersten Tag.") }),
      aPicture("turm.jpg", { alt: "Der Kirchturm mit Gerüst" }),
    ],
    caption: t("Auenrode im Sommer"),
  },
  { type: "separator" },
  { type: "embed", url: "https://film.elblandbote.example/auenrode", title: "Film: Ein Tag auf der Hohen Kippe" },
  { type: "figure", picture: aPicture("bild-2", { caption: t("Ein Bild, das noch kommt.") }) },
];

export const papers = {
  town: anArticle({
    kind: "lead",
    kicker: "Leben am Fluss",
    title: "Lindenau baut am Wasser und bleibt trocken",
    lead: t(
      "Wie eine kleine Stadt nach dritter Flut umgezogen ist, ohne sich zu verlassen, und was andere Gemeinden daraus lernen.",
    ),
    hero: aPicture("stadt.jpg", {
      alt: "Eine kleine Stadt am Fluss im Abendlicht, in der Mitte der Kirchturm",
      caption: t("Lindenau an der Weißen Elster."),
      credit: "Thomas Śěrak",
    }),
    authors: [people.thomas],
    blocks: [paragraph("Das Wasser kam dreimal. ".repeat(120).trim())],
  }),
  wind: anArticle({
    kicker: "Bürgerenergie",
    title: "Auenrode rechnet mit dem Wind",
    teaser: "Ein Dorf, drei Windräder, ein Beschluss mit 14:0 Stimmen. Was die Gemeinde heute anders machen würde.",
    lead: t("Ein Dorf, drei Windräder, ein Beschluss mit 14:0 Stimmen."),
    authors: [people.joerdis, people.guelsen],
    hero: aPicture("wind.jpg", {
      alt: "Drei Windräder auf Hügeln vor tiefer Sonne",
      caption: t("Der Windpark Hohe Kippe."),
    }),
    blocks: wind,
    linkBox: {
      title: "Kontakt und Links",
      entries: [
        { kind: "web", label: "Bürgerenergie Auenrode", url: "https://auenrode.example/energie" },
        { kind: "mail", label: "energie@auenrode.example", url: "mailto:energie@auenrode.example" },
        { kind: "tel", label: "03999 123-45", url: "tel:+49399912345" },
        { kind: "text", label: "Podcast „Hohe Kippe“, Folge 3", url: null },
      ],
    },
    notes: [[...t("Siehe auch die "), link("https://recht.example/eeg", "Handreichung"), ...t(" des Bundes.")]],
  }),
  counter: anArticle({
    kicker: "Bürgerbüro",
    title: "Ein Schalter, der zuhört",
    teaser:
      "In Niederlommatz darf man einfach kommen: Das Bürgerbüro hat die Terminpflicht abgeschafft und die Wartezeit halbiert.",
    authors: [people.thomas],
  }),
  talk: anArticle({
    kind: "interview",
    kicker: "Gespräch",
    title: "„Ehrenamt braucht einen Schlüssel, kein Formular“",
    teaser: "Die Dorfkümmerin von Sörnewitz über leere Säle, volle Kalender und die Frage, wer abends abschließt.",
    authors: [people.guelsen],
    hero: aPicture("saal.jpg", { alt: "Ein Dorfsaal mit gestapelten Stühlen", credit: "Gülşen Yıldız" }),
    blocks: [
      {
        type: "interview",
        turns: [
          {
            question: t("Wer hat bei Ihnen den Schlüssel?"),
            answer: [paragraph("Alle, die ihn brauchen.")],
            speaker: "Ina Kühn",
          },
          { question: t("Und wer putzt?"), answer: [paragraph("Dieselben."), paragraph("Meistens.")], speaker: "" },
        ],
      },
    ],
  }),
  limit: anArticle({
    kicker: "Vergabe",
    title: "Was die neue Wertgrenze für kleine Bauhöfe heißt",
    teaser: "Der Direktauftrag wird einfacher. Drei Fälle aus der Beratung zeigen, wo trotzdem Vorsicht gilt.",
    authors: [people.almut],
    blocks: [paragraph("Drei Fälle. ".repeat(500).trim())],
  }),
  ruling: anArticle({
    kind: "judgement",
    kicker: "Urteil",
    title: "Ratsbeschluss im Umlauf? Das Gericht sagt Nein",
    teaser: "Auch in der Videositzung gilt der Grundsatz der Öffentlichkeit.",
    authors: [people.office],
  }),
  notice: anArticle({
    kind: "notice",
    title: "Förderlotse nimmt wieder Anträge an",
    blocks: [
      paragraph("Vom 1. April an berät der Förderlotse des Gemeindebundes wieder zu kleinen Vorhaben bis 20 000 Euro."),
      { type: "paragraph", content: [...t("Termine unter "), link("tel:+49399945670", "03999 4567-0"), ...t(".")] },
    ],
  }),
  people: anArticle({
    kind: "people",
    title: "Neu im Amt: Zdeněk Hanuš leitet die Kämmerei in Großwehlen",
    teaser: "Der Haushälter kommt aus Děčín und spricht mit dem Rat in drei Sprachen.",
  }),
  firstDate: anArticle({
    kind: "date",
    title: "Werkstatt: Akten ohne Papier",
    event: { day: "2026-03-12", until: null, place: "Lindenau" },
    blocks: [],
  }),
  secondDate: anArticle({
    kind: "date",
    title: "Tag der kleinen Gemeinden",
    event: { day: "2026-05-29", until: "2026-05-31", place: "Sörnewitz" },
    blocks: [],
  }),
  advertisement: anArticle({
    kind: "advertisement",
    title: "Kommunaldruck Lindenau: Satzungen in zwei Tagen",
    teaser: "Wir drucken, heften und liefern, auch sonnabends.",
    blocks: [paragraph("Wir drucken, heften und liefern, auch sonnabends.")],
  }),
} satisfies Record<string, Article>;

export const springSections = {
  "Das Thema der Ausgabe": [papers.town],
  "Aus den Kommunen": [papers.wind, papers.counter, papers.talk],
  Recht: [papers.limit, papers.ruling],
  "Aus dem Verband": [papers.notice, papers.people, papers.advertisement],
  Termine: [papers.firstDate, papers.secondDate],
};

export const springIssue = (given?: Parameters<typeof anEditionInput>[1]): EditionInput =>
  anEditionInput(springSections, given);

/** One article, brought whole: what a first proof printing looks like. */
export const windAlone = (given?: Parameters<typeof anEditionInput>[1]): EditionInput =>
  anEditionInput({ "Aus den Kommunen": [papers.wind] }, given);
