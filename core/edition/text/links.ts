/** The links of one article, numbered where they stand and listed where it ends. */
export interface Links {
  /** " [2]" behind a link's label, or "" where the label already is the address. */
  readonly mark: (url: string, label: string) => string;
  /** "[1] https://…", one line each. */
  readonly list: () => string[];
}

/** Begins to count; an address that comes again keeps its number. */
export function numberedLinks(): Links {
  const urls: string[] = [];
  return {
    mark(url, label) {
      if (bare(url) === bare(label.trim())) return "";
      if (!urls.includes(url)) urls.push(url);
      return `\u00A0[${urls.indexOf(url) + 1}]`;
    },
    list: () => urls.map((url, index) => `[${index + 1}] ${url}`),
  };
}

/** An address as people write it: without scheme. */
export const bare = (url: string): string => url.replace(/^(https?:\/\/|mailto:|tel:)/, "");
