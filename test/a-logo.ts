/** A drawing of a ring and a sun on a clear ground, in one colour. */
export const aLogoDrawing = (colour = "#0B5A3E"): Buffer =>
  Buffer.from(
    `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY paint "${colour}">]><svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><circle cx="30" cy="30" r="26" fill="none" stroke="&paint;" stroke-width="8"/><circle cx="30" cy="30" r="9" fill="&paint;"/></svg>`,
  );
