import type { EditionInput } from "../../core/edition/edition.ts";
import { anArticle, anEditionInput, aPicture, paragraph, people, t } from "../people-and-papers.ts";

const sentence = "Die Gemeinde hat im vergangenen Jahr gezählt, gefragt und dann entschieden, was davon bleiben soll. ";

/** An issue as it comes: a lead, five sections, pictures, whole notices; invented. */
export function twelveArticles(): EditionInput {
  const article = (number: number, kind: "report" | "notice" = "report") =>
    anArticle({
      id: `beitrag-${number}`,
      slug: `beitrag-${number}`,
      title: `Was Gemeinde ${number} beim Umbau gelernt hat`,
      kicker: "Aus der Praxis",
      kind,
      lead: t(sentence.repeat(2)),
      authors: [people.joerdis],
      hero: aPicture(`bild-${number}.jpg`),
      blocks: Array.from({ length: kind === "notice" ? 1 : 12 }, () => paragraph(sentence.repeat(4))),
    });
  const [lead, ...others] = Array.from({ length: 12 }, (_, index) =>
    article(index + 1, index % 5 === 4 ? "notice" : "report"),
  );
  return anEditionInput({
    "Das Thema der Ausgabe": lead ? [lead, ...others.slice(0, 2)] : [],
    "Aus den Kommunen": others.slice(2, 5),
    Recht: others.slice(5, 7),
    Finanzen: others.slice(7, 9),
    Personalia: others.slice(9),
  });
}
