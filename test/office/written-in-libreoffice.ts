import { photoOfBusStop } from "../a-written-template.ts";
import type { PeerDocument } from "./a-peer-document.ts";
import { flatText } from "./flat-text.ts";

/** Ten documents that LibreOffice saves as .docx: pages of the web, and its own format as one file (.fodt). */

export interface WrittenInLibreOffice extends PeerDocument {
  readonly ending: ".html" | ".fodt";
  readonly body: string;
}

const page = (body: string): string =>
  `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Beitrag</title></head><body>${body}</body></html>`;
const picture = `data:image/jpeg;base64,${Buffer.from(photoOfBusStop()).toString("base64")}`;

const pages: readonly WrittenInLibreOffice[] = [
  {
    ...{ name: "html-headings", ending: ".html", notes: [] },
    body: page(`<h1>Der Markt zieht um</h1><p>Ab März steht der Wochenmarkt auf dem Anger, denn das Pflaster am Rathaus
      wird erneuert.</p><h2>Wer kommt</h2><p>Zwölf Händler haben zugesagt, darunter der Käsewagen aus Böhmen.</p>
      <blockquote>Wir bleiben, wo die Leute sind.</blockquote><h3>Anfahrt</h3><p>Der Bus hält an der Kirche.</p><hr>
      <p>Zurück geht es im Herbst.</p>`),
  },
  {
    ...{ name: "html-lists", ending: ".html", notes: [] },
    body: page(`<h1>Ordnung am Wertstoffhof</h1><p>Angenommen wird vieles, aber nicht alles auf einmal.</p>
      <ul><li>Papier<ul><li>Zeitungen</li><li>Kartons, gefaltet</li></ul></li><li>Grünschnitt</li></ul>
      <p>So geht es der Reihe nach:</p><ol><li>Anmelden</li><li>Wiegen lassen<ol><li>beim Einfahren</li>
      <li>beim Ausfahren</li></ol></li><li>Abladen</li></ol><dl><dt>Öffnungszeit</dt><dd>samstags von neun bis zwölf</dd></dl>`),
  },
  {
    ...{ name: "html-tables", ending: ".html", notes: ["word-merged-cells"] },
    body: page(`<h1>Fahrplan ab Mai</h1><p>Die Linie fährt nun jede Stunde, am Sonntag alle zwei.</p>
      <table border="1"><thead><tr><th>Halt</th><th>Werktags</th><th>Sonntags</th></tr></thead><tbody>
      <tr><td>Anger</td><td rowspan="2">stündlich</td><td>08:10</td></tr><tr><td>Kirche</td><td>10:10</td></tr>
      <tr><td colspan="2">Niederlommatz, Bahnhof</td><td>12:10</td></tr></tbody></table>
      <p>Fahrräder fahren umsonst mit.</p>`),
  },
  {
    ...{ name: "html-inlines", ending: ".html", notes: [], leftOut: ["Foto"] },
    body: page(`<h1>Was Wasser kostet</h1><p>Ein m<sup>3</sup> H<sub>2</sub>O kostet <b>zwei</b> Euro und <i>acht</i> Cent,
      so steht es <a href="https://www.auenrode.example/gebuehren">in der Satzung</a>.<br>Fragen beantwortet
      <a href="mailto:wasser@auenrode.example">das Wasserwerk</a>.</p><p>Donau&shy;dampf&shy;schiff, z.&nbsp;B. &amp; mehr:
      5&nbsp;% &lt; 10&nbsp;%, „Ruhe“ – und Weiß<b>wein</b>schorle 🥂</p>
      <p><img src="${picture}" width="320" height="200" alt="Eine Haltestelle im Abendlicht"></p>
      <p>Foto: Gemeinde Auenrode</p><p dir="rtl" lang="he">שלום לכולם</p><p>Mit diesem Gruß endet der Brief an die Leute.</p>`),
  },
];

const odf: readonly WrittenInLibreOffice[] = [
  {
    ...{ name: "odt-styles", ending: ".fodt", notes: [] },
    body: flatText(`<text:p text:style-name="Title">Die Bibliothek zieht in den Bahnhof</text:p>
      <text:p text:style-name="Subtitle">Lesen, wo die Züge halten</text:p>
      <text:p text:style-name="Text_20_body">Im Wartesaal stehen seit Ostern Regale, und der Fahrplan hängt daneben.</text:p>
      <text:h text:style-name="Heading_20_1" text:outline-level="1">Wie es dazu kam</text:h>
      <text:p text:style-name="Text_20_body">Der Verein hat zwei Jahre gesammelt, sagt seine Vorsitzende.</text:p>
      <text:p text:style-name="Quotations">Ein Haus ohne Bücher ist ein Haus ohne Fenster.</text:p>
      <text:h text:style-name="Heading_20_2" text:outline-level="2">Geöffnet</text:h>
      <text:p text:style-name="Text_20_body">Dienstags und freitags, immer wenn der Zug aus Riesa hält.</text:p>`),
  },
  {
    ...{ name: "odt-lists", ending: ".fodt", notes: [] },
    body: flatText(`<text:p text:style-name="Title">Packliste fürs Zeltlager</text:p>
      <text:p text:style-name="Text_20_body">Die Betreuer bitten alle Eltern um diese Dinge.</text:p>
      <text:list text:style-name="Punkte"><text:list-item><text:p>Schlafsack</text:p><text:list text:style-name="Punkte">
      <text:list-item><text:p>warm</text:p></text:list-item><text:list-item><text:p>beschriftet</text:p></text:list-item></text:list>
      </text:list-item><text:list-item><text:p>Taschenlampe</text:p></text:list-item></text:list>
      <text:list text:style-name="Schritte"><text:list-item><text:p>Anreise am Freitag</text:p></text:list-item>
      <text:list-item><text:p>Aufbau der Zelte</text:p></text:list-item></text:list>
      <text:p text:style-name="Text_20_body">Abgeholt wird am Sonntag gegen Mittag.</text:p>`),
  },
  {
    ...{ name: "odt-footnotes", ending: ".fodt", notes: [] },
    body: flatText(`<text:p text:style-name="Title">Ein Stein mit Geschichte</text:p>
      <text:p text:style-name="Text_20_body">Der Grenzstein<text:note text:id="f1" text:note-class="footnote"><text:note-citation>1</text:note-citation>
      <text:note-body><text:p>Sandstein aus Cotta.</text:p></text:note-body></text:note> stand lange im Graben, bis ihn
      Schüler<text:note text:id="e1" text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body>
      <text:p>Klasse acht der Oberschule.</text:p></text:note-body></text:note> fanden.</text:p>
      <text:p text:style-name="Text_20_body">Heute steht er am Radweg und weist nach Norden.</text:p>`),
  },
  {
    ...{ name: "odt-tables", ending: ".fodt", notes: ["word-merged-cells", "word-nested-table"] },
    body: flatText(`<text:p text:style-name="Title">Wer wann den Platz hat</text:p>
      <text:p text:style-name="Text_20_body">Die Vereine haben sich geeinigt, und niemand geht leer aus.</text:p>
      <table:table><table:table-column table:number-columns-repeated="3"/><table:table-header-rows><table:table-row>
      ${cells("Verein", "Tag", "Stunde")}</table:table-row></table:table-header-rows>
      <table:table-row>${cells("Turner", "Montag", "17")}</table:table-row>
      <table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Alte Herren nach Absprache</text:p>
      </table:table-cell><table:covered-table-cell/>${cells("19")}</table:table-row>
      <table:table-row>${cells("Jugend")}<table:table-cell><table:table table:is-sub-table="false"><table:table-column/>
      <table:table-row>${cells("Halle")}</table:table-row><table:table-row>${cells("Rasen")}</table:table-row></table:table>
      <text:p/></table:table-cell>${cells("16")}</table:table-row></table:table>
      <text:p text:style-name="Text_20_body">Der Plan gilt bis zum Sommer.</text:p>`),
  },
  {
    ...{
      name: "odt-changes-and-boxes",
      ending: ".fodt",
      notes: ["word-box", "word-changes", "word-comments", "word-hidden"],
    },
    leftOut: ["unter", "uns"],
    overlooked: ["Gebaut", "wird", "nur", "in", "den", "Ferien"],
    body: flatText(
      `<text:p text:style-name="Title">Das Dach wird dicht</text:p>
      <text:p text:style-name="Text_20_body">Die Schule bekommt <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>im
      August <text:change-end text:change-id="c2"/>ein neues Dach<office:annotation><dc:creator>Almut</dc:creator>
      <dc:date>2026-01-01T00:00:00</dc:date><text:p>Stimmt der Monat?</text:p></office:annotation>, sagt das Bauamt.</text:p>
      <text:p text:style-name="Text_20_body">Den Preis kennt<text:span text:style-name="Verborgen"> unter uns</text:span> nur der Rat.</text:p>
      <text:p text:style-name="Text_20_body"><draw:frame text:anchor-type="paragraph" svg:width="6cm" svg:height="2cm"><draw:text-box>
      <text:p>Gebaut wird nur in den Ferien.</text:p></draw:text-box></draw:frame>Der Unterricht läuft weiter wie gewohnt.</text:p>`,
      `<text:tracked-changes><text:changed-region xml:id="c1" text:id="c1"><text:deletion><office:change-info><dc:creator>Almut</dc:creator>
      <dc:date>2026-01-01T00:00:00</dc:date></office:change-info><text:p>vielleicht </text:p></text:deletion></text:changed-region>
      <text:changed-region xml:id="c2" text:id="c2"><text:insertion><office:change-info><dc:creator>Almut</dc:creator>
      <dc:date>2026-01-01T00:00:00</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes>`,
    ),
  },
  {
    ...{ name: "odt-fields-and-signs", ending: ".fodt", notes: ["word-contents", "word-furniture", "word-language"] },
    body: flatText(`<text:p text:style-name="Title">Das Amt in Zahlen</text:p>
      <text:table-of-content text:name="Inhalt"><text:table-of-content-source text:outline-level="2"/><text:index-body>
      <text:p text:style-name="Contents_20_1">Personal<text:tab/>1</text:p></text:index-body></text:table-of-content>
      <text:h text:style-name="Heading_20_1" text:outline-level="1">Personal</text:h>
      <text:p text:style-name="Text_20_body">Auf Seite <text:page-number text:select-page="current">1</text:page-number> von
      <text:page-count>1</text:page-count> steht alles, Stand <text:date text:date-value="2026-01-01" text:fixed="true">01.01.2026</text:date>.</text:p>
      <text:p text:style-name="Text_20_body">Name:<text:tab/>Anschrift<text:line-break/>Ort<text:s text:c="3"/>und Tag, Donau\u00ADdampf\u00ADschiff, z.\u00A0B. 10\u00A0% 🚲</text:p>
      <text:p text:style-name="Text_20_body">Gäste lesen an der Tür <text:span text:style-name="Englisch">Please ring twice</text:span> und klingeln.</text:p>
      <text:p text:style-name="Text_20_body">Mehr <text:a xlink:type="simple" xlink:href="https://www.auenrode.example/">im Netz</text:a> und im Rathaus.</text:p>`),
  },
];

function cells(...texts: readonly string[]): string {
  return texts.map((text) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`).join("");
}

export const writtenInLibreOffice: readonly WrittenInLibreOffice[] = [...pages, ...odf];
