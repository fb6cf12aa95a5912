import type { Article, ArticleText, Block, Inline } from "../../../core/article/article.ts";
import { checkArticle, checkTwins } from "../../../core/check/articles.ts";
import type { Finding, FindingCode } from "../../../core/check/finding.ts";
import { checkLinks } from "../../../core/check/links.ts";
import { checkClients, supportOf } from "../../../core/check/mail-clients.ts";
import { checkMailSize } from "../../../core/check/mail-size.ts";
import { checkNames } from "../../../core/check/names.ts";
import { checkOwnLinks } from "../../../core/check/own-links.ts";
import { checkPictures, checkRepeatedPictures } from "../../../core/check/pictures.ts";
import { checkChosen, checkEnvelope, checkPublication, checkSequence } from "../../../core/check/plan.ts";
import { checkVisits, type Visit } from "../../../core/check/visits.ts";
import { checkWeekdays } from "../../../core/check/weekdays.ts";
import { checkWords } from "../../../core/check/words.ts";
import type { IssuePlan } from "../../../core/issue/issue.ts";
import type { Publication } from "../../../core/publication.ts";
import { words } from "../../../core/words.ts";
import {
  anArticle,
  anAuthor,
  anEditionInput,
  anIssue,
  aPicture,
  aPublication,
  heading,
  paragraph,
  t,
} from "../../people-and-papers.ts";

/** For each rule of the check one paper that breaks it and one that does not. */

/** What is found, by code. */
type Found = readonly Finding[];
export interface Fixture {
  readonly failing: () => Found;
  readonly passing: () => Found;
}

export const link = (url: string, label = "die Satzung"): Block => ({
  type: "paragraph",
  content: [
    { type: "text", text: "Mehr sagt " },
    { type: "link", url, content: t(label) },
  ],
});
export const table = (head: readonly string[], columns: number): Block => ({
  type: "table",
  caption: [],
  align: [],
  head: head.map(t),
  rows: [Array.from({ length: columns }, (_, index): Inline[] => t(`Wert ${index}`))],
});
const figure = (given: Parameters<typeof aPicture>[1]): Block => ({
  type: "figure",
  picture: aPicture("ufer.jpg", given),
});

/** What an issue of one article chose for itself. */
const chosen = (given: Partial<IssuePlan>) => (): Found => {
  const shown = anArticle({ hero: aPicture("ufer.jpg") });
  return checkChosen(anIssue({ sections: [{ name: "Recht", articles: [shown.id] }], ...given }), [shown]);
};

type Rule = (article: Article) => Found;
const text =
  (rule: Rule, ...texts: readonly (string | Block)[]) =>
  (): Found =>
    rule(anArticle({ blocks: texts.map((one) => (typeof one === "string" ? paragraph(one) : one)) }));
const article =
  (given: Partial<Article>, issue: Partial<IssuePlan> = {}) =>
  (): Found =>
    checkArticle(anArticle(given), anIssue(issue));
const sequence =
  (issue: Partial<IssuePlan>, ...others: readonly Partial<IssuePlan>[]) =>
  (): Found =>
    checkSequence(anIssue(issue), others.map(anIssue), "2026-01-10");
const envelope = (given: Partial<IssuePlan>) => (): Found =>
  checkEnvelope(anIssue(given), { subject: "ELBLANDbote 01|26: Kleine Orte", preheader: "Drei Titel" });
const publication = (given: Partial<Publication>) => (): Found => checkPublication(aPublication(given));
const visited = (url: string, visit: Visit) => (): Found =>
  checkVisits([anArticle({ blocks: [link(url)] })], { visits: new Map([[url, visit]]), leftOut: 0 });
const answered = (status: number, url = "https://amt.example/"): Visit => ({
  kind: "answered",
  status,
  url,
  isMoved: false,
});
const silent = (reason: Extract<Visit, { kind: "silent" }>["reason"]): Visit => ({ kind: "silent", reason });
const weekdays: Rule = (one) => checkWeekdays(one, 2026);
const amt = "https://amt.example/";
const sound = visited(amt, answered(200));
const { sender } = aPublication();
const names =
  (...given: readonly Partial<ArticleText>[]) =>
  (): Found =>
    checkNames(given.map((one, index) => anArticle({ slug: `beitrag-${index}`, ...one })));
const own = (url: string) => (): Found =>
  checkOwnLinks(anEditionInput({ Recht: [anArticle({ blocks: [link(url)] })] }), new Set());
const event = (given: Partial<NonNullable<Article["event"]>>): Partial<Article> => ({
  kind: "date",
  event: { day: "2026-03-20", until: null, place: "Lindenau", ...given },
});
const long = "Der Deich hält, weil viele ihn halten. ".repeat(40);
const twins = (one: Partial<Article>, other: Partial<Article>) => (): Found =>
  checkTwins([anArticle({ slug: "eins", ...one }), anArticle({ slug: "zwei", ...other })]);
const pictures = (one: string, other: string) => (): Found =>
  checkRepeatedPictures([
    anArticle({ title: "Eins", hero: aPicture(one) }),
    anArticle({ title: "Zwei", blocks: [{ type: "figure", picture: aPicture(other) }] }),
  ]);
const ownText = {
  subject: "Was der Deich gekostet hat",
  preheader: "Die Rechnung liegt vor, und sie ist kleiner als gedacht.",
};

export const fixtures: Readonly<Record<FindingCode, Fixture>> = {
  "advertisement-unmarked": {
    failing: article({ blocks: [paragraph("Bis Montag jetzt bestellen und sparen.")] }),
    passing: article({ kind: "advertisement", blocks: [paragraph("Bis Montag jetzt bestellen und sparen.")] }),
  },
  "alt-is-file-name": {
    failing: text(checkPictures, figure({ alt: "IMG_4711.jpg" })),
    passing: text(checkPictures, figure({ alt: "Zwei Kinder am Ufer" })),
  },
  "alt-repeats-caption": {
    failing: text(checkPictures, figure({ alt: "Das Ufer im März", caption: t("Das Ufer im März.") })),
    passing: text(checkPictures, figure({ alt: "Weiden am Wasser", caption: t("Das Ufer im März.") })),
  },
  "alt-says-nothing": {
    failing: text(checkPictures, figure({ alt: "Ein Bild" })),
    passing: text(checkPictures, figure({ alt: "Ein Bild der Elbe hängt über dem Schalter" })),
  },
  "article-twice-told": {
    failing: twins({ title: "Der Deich" }, { title: "Der Deich." }),
    passing: twins({ title: "Der Deich" }, { title: "Das Ufer" }),
  },
  "author-missing": {
    failing: article({ authors: [] }),
    passing: article({ kind: "notice", authors: [] }),
  },
  "caption-missing": {
    failing: text(checkPictures, figure({ caption: [] })),
    passing: text(checkPictures, figure({ caption: t("Am Ufer") })),
  },
  "client-lacks": {
    failing: () => checkClients(supportOf('<p style="display:grid">Text</p>')),
    passing: () => checkClients(supportOf('<p style="color:#111111">Text</p>')),
  },
  "credit-names-nobody": {
    failing: text(checkPictures, figure({ credit: "Foto: Internet" })),
    passing: text(checkPictures, figure({ credit: "Internetredaktion der Stadt" })),
  },
  "day-impossible": {
    failing: text(weekdays, "Der Antrag ging am 31. Februar 2026 ein."),
    passing: text(weekdays, "Der Antrag ging am 28. Februar 2026 ein."),
  },
  "date-not-after": {
    failing: sequence({ number: 2, date: "2026-02-01" }, { number: 1, date: "2026-02-01" }),
    passing: sequence({ number: 2, date: "2026-03-01" }, { number: 1, date: "2026-02-01" }),
  },
  "date-past": { failing: sequence({ date: "2026-01-09" }), passing: sequence({ date: "2026-01-10" }) },
  "event-backwards": {
    failing: article(event({ until: "2026-03-19" })),
    passing: article(event({ until: "2026-03-21" })),
  },
  "event-dayless": { failing: article({ kind: "date", event: null }), passing: article(event({})) },
  "event-past": {
    failing: article(event({ day: "2026-03-01" }), { date: "2026-03-02" }),
    passing: article(event({ day: "2026-03-02" }), { date: "2026-03-02" }),
  },
  "event-placeless": { failing: article(event({ place: " " })), passing: article(event({ place: "online" })) },
  "heading-long": {
    failing: text(
      checkWords,
      heading("Was der Rat beschlossen hat und warum es darauf ankommt, dass alle davon erfahren"),
    ),
    passing: text(checkWords, heading("Was der Rat beschlossen hat")),
  },
  "language-differs": {
    failing: article({ language: "en" }, { language: "de" }),
    passing: article({ language: "en" }, { language: "en" }),
  },
  "link-bare": {
    failing: text(checkLinks, link("https://amt.example/satzung/2026.pdf", "https://amt.example/satzung/2026.pdf")),
    passing: text(checkLinks, link("https://www.amt.example/", "www.amt.example")),
  },
  "link-certificate": { failing: visited(amt, silent("certificate")), passing: sound },
  "link-closed": { failing: visited(amt, answered(403)), passing: sound },
  "link-dead-inside": {
    failing: own("https://elblandbote.example/ausgaben/2019-01/"),
    passing: own("https://elblandbote.example/archiv/"),
  },
  "link-gone": { failing: visited(amt, answered(404)), passing: sound },
  "link-has-https": {
    failing: visited("http://amt.example/", answered(200, amt)),
    passing: visited("http://amt.example/", answered(200, "http://amt.example/")),
  },
  "link-host-unknown": { failing: visited(amt, silent("unknown-host")), passing: sound },
  "link-inward": {
    failing: text(checkLinks, link("http://192.168.1.20/satzung.pdf")),
    passing: text(checkLinks, link("https://www.auenrode.example/satzung.pdf")),
  },
  "link-leads-inward": { failing: visited(amt, { kind: "inward" }), passing: sound },
  "link-moved": {
    failing: visited(amt, { kind: "answered", status: 200, url: "https://neu.example/", isMoved: true }),
    passing: sound,
  },
  "link-same-words": {
    failing: text(checkLinks, link("https://a.example/", "Anmeldung"), link("https://b.example/", "Anmeldung")),
    passing: text(checkLinks, link("https://a.example/", "Anmeldung"), link("https://a.example/", "Anmeldung")),
  },
  "link-silent": { failing: visited(amt, silent("no-answer")), passing: sound },
  "link-slow": { failing: visited(amt, silent("too-slow")), passing: sound },
  "link-tracked": {
    failing: text(checkLinks, link("https://amt.example/?id=4&utm_source=brief")),
    passing: text(checkLinks, link("https://amt.example/?id=4")),
  },
  "link-troubled": { failing: visited(amt, answered(503)), passing: sound },
  "link-vague": {
    failing: text(checkLinks, link(amt, "hier klicken")),
    passing: text(checkLinks, link(amt, "hier klicken Eltern sich zum Antrag durch")),
  },
  "links-unvisited": {
    failing: () => checkVisits([], { visits: new Map(), leftOut: 3 }),
    passing: () => checkVisits([], { visits: new Map(), leftOut: 0 }),
  },
  "mail-nearly-full": { failing: () => checkMailSize(89_000), passing: () => checkMailSize(60_000) },
  "name-two-ways": {
    failing: names({ authors: [anAuthor("Jördis Mühlbach")] }, { blocks: [paragraph("Es sprach Jördis Mühlback.")] }),
    passing: names({ authors: [anAuthor("Jördis Mühlbach")] }, { blocks: [paragraph("Jördis Mühlbachs Rede.")] }),
  },
  "number-skipped": {
    failing: sequence({ number: 4, date: "2026-05-01" }, { number: 2, date: "2026-02-01" }),
    passing: sequence({ number: 1, date: "2026-05-01" }, { number: 12, year: 2025, date: "2025-12-01" }),
  },
  "paragraph-long": { failing: text(checkWords, long), passing: text(checkWords, long.slice(0, 900)) },
  "picture-twice": { failing: pictures("ufer.jpg", "ufer.jpg"), passing: pictures("ufer.jpg", "deich.jpg") },
  "placeholder-likely": {
    failing: text(checkWords, "Text folgt noch."),
    passing: text(checkWords, "Der Text folgt dem Fluss."),
  },
  "preheader-long": {
    failing: envelope({ ...ownText, preheader: "Wort und ".repeat(20) }),
    passing: envelope(ownText),
  },
  "preheader-repeats": {
    failing: envelope({ ...ownText, preheader: `${ownText.subject} ` }),
    passing: envelope(ownText),
  },
  "preheader-short": { failing: envelope({ ...ownText, preheader: "Neues" }), passing: envelope(ownText) },
  "preheader-usual": { failing: envelope({ ...ownText, preheader: " " }), passing: envelope(ownText) },
  "role-missing": {
    failing: article({ authors: [anAuthor("Jördis Mühlbach")] }),
    passing: article({ authors: [anAuthor("Redaktion"), anAuthor("Jördis Mühlbach", "Bürgermeisterin")] }),
  },
  "sender-elsewhere": {
    failing: publication({ baseUrl: "https://blatt-dienst.example" }),
    passing: publication({ baseUrl: "https://www.elblandbote.example/blatt" }),
  },
  "sender-mute": {
    failing: publication({ sender: { ...sender, replyTo: "no-reply@elblandbote.example" } }),
    passing: publication({ sender: { ...sender, replyTo: "nora@elblandbote.example" } }),
  },
  "site-insecure": {
    failing: publication({ baseUrl: "http://elblandbote.example" }),
    passing: publication({ baseUrl: "https://elblandbote.example" }),
  },
  "site-local": {
    failing: publication({ baseUrl: "http://127.0.0.1:4810/elblandbote" }),
    passing: publication({ baseUrl: "http://127.0.0.1:4810/elblandbote", proofPrinting: true }),
  },
  "subject-long": {
    failing: envelope({
      ...ownText,
      subject: "Was der Deich gekostet hat und warum niemand die Rechnung bezahlen wollte",
    }),
    passing: envelope(ownText),
  },
  "subject-loud": {
    failing: envelope({ ...ownText, subject: "JETZT NOCH SCHNELL lesen" }),
    passing: envelope({ ...ownText, subject: "ELBLANDbote: Neues von ÖPNV und THW" }),
  },
  "subject-usual": { failing: envelope({ ...ownText, subject: "" }), passing: envelope(ownText) },
  "table-headless": {
    failing: article({ blocks: [table(["", ""], 2)] }),
    passing: article({ blocks: [table(["Ort", "Pegel"], 2)] }),
  },
  "cover-gone": {
    failing: chosen({ cover: { article: "ein-schalter-der-zuhoert", picture: "weg.jpg" } }),
    passing: chosen({ cover: { article: "ein-schalter-der-zuhoert", picture: "ufer.jpg" } }),
  },
  "teaser-unused": {
    failing: chosen({ teasers: { fort: "Zwei Sätze." } }),
    passing: chosen({ teasers: { "ein-schalter-der-zuhoert": "Zwei Sätze." } }),
  },
  "table-wide": {
    failing: article({ blocks: [table(["Ort"], 6)] }),
    passing: article({ blocks: [table(["Ort"], 5)] }),
  },
  "teaser-missing": { failing: article({ lead: [] }), passing: article({ lead: t("Worum es geht.") }) },
  "template-left": {
    failing: text(checkWords, words("de").template.place.opening),
    passing: text(checkWords, "Hier steht das Rathaus seit 1905."),
  },
  "theme-again": {
    failing: sequence(
      { number: 2, theme: { title: "Wasser ", intro: "" } },
      { number: 1, theme: { title: "wasser", intro: "" } },
    ),
    passing: sequence(
      { number: 2, theme: { title: "Wasser", intro: "" } },
      { number: 1, theme: { title: "Wind", intro: "" } },
    ),
  },
  "web-silent": {
    failing: () =>
      checkVisits([], { visits: new Map(["a", "b", "c"].map((url) => [url, silent("no-answer")])), leftOut: 0 }),
    passing: () => checkVisits([], { visits: new Map(["a", "b", "c"].map((url) => [url, answered(200)])), leftOut: 0 }),
  },
  "weekday-wrong": {
    failing: text(weekdays, "Wir treffen uns am Dienstag, 4. Februar 2026, um 9 Uhr."),
    passing: text(weekdays, "Wir treffen uns am Mittwoch, dem 4. Februar 2026, um 9 Uhr."),
  },
  "word-doubled": {
    failing: text(checkWords, "Am Ende hat der Rat die die Satzung beschlossen."),
    passing: text(checkWords, "Es sind Menschen, die die Satzung kennen."),
  },
};
