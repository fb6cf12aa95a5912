const spaces = Object.entries({
  ...{ office: "office", text: "text", table: "table", style: "style", draw: "drawing", number: "datastyle" },
  ...{ fo: "xsl-fo-compatible", svg: "svg-compatible", meta: "meta" },
})
  .map(([prefix, name]) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(" ");

const listStyle = (name: string, level: (number: number) => string): string =>
  `<text:list-style style:name="${name}">${[1, 2, 3].map(level).join("")}</text:list-style>`;
const indent = (number: number): string =>
  `<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm" fo:margin-left="${number}cm"/></style:list-level-properties>`;

/** What every document here may ask for by name; the styles of LibreOffice it brings along itself. */
const automatic = `<office:automatic-styles>
  <style:style style:name="Verborgen" style:family="text"><style:text-properties text:display="none"/></style:style>
  <style:style style:name="Englisch" style:family="text"><style:text-properties fo:language="en" fo:country="GB"/></style:style>
  ${listStyle("Punkte", (number) => `<text:list-level-style-bullet text:level="${number}" text:bullet-char="•">${indent(number)}</text:list-level-style-bullet>`)}
  ${listStyle("Schritte", (number) => `<text:list-level-style-number text:level="${number}" style:num-format="1" style:num-suffix=".">${indent(number)}</text:list-level-style-number>`)}
  <style:page-layout style:name="Blatt"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"/><style:header-style/><style:footer-style/></style:page-layout>
</office:automatic-styles>`;

const named = (name: string, display: string, more = ""): string =>
  `<style:style style:name="${name}" style:display-name="${display}" style:family="paragraph" style:parent-style-name="Standard" ${more}/>`;
const styles = `<office:styles>
  <style:default-style style:family="paragraph"><style:text-properties fo:language="de" fo:country="DE" fo:font-size="12pt"/></style:default-style>
  <style:style style:name="Standard" style:family="paragraph"/>
  ${named("Text_20_body", "Text body")}${named("Title", "Title")}${named("Subtitle", "Subtitle")}${named("Quotations", "Quotations")}
  ${named("Contents_20_1", "Contents 1")}
  ${[1, 2, 3].map((level) => named(`Heading_20_${level}`, `Heading ${level}`, `style:default-outline-level="${level}"`)).join("")}
</office:styles>`;

/**
 * A document in LibreOffice's own format, as one file (OpenDocument 1.3, part 3, "single XML document").
 *
 * @param text what stands in `office:text`; a document with fields also has a header on each page
 * @param changes its tracked changes
 */
export function flatText(text: string, changes = ""): string {
  const hasFields = text.includes("text:page-number");
  const header = hasFields ? "<style:header><text:p>Entwurf der Kanzlei</text:p></style:header>" : "";
  const master = `<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Blatt">${header}</style:master-page></office:master-styles>`;
  // Lines were broken for whoever reads the test; the format takes each for a space, and a tag before one for none.
  const body = text.replace(/\s*\n\s*/g, " ").replace(/> </g, "><");
  return `<?xml version="1.0" encoding="UTF-8"?><office:document ${spaces} xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">${styles}${automatic}${master}<office:body><office:text>${changes}${body}</office:text></office:body></office:document>`;
}
