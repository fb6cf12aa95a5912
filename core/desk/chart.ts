/** Bars side by side with their words, as plain figures a template draws: no style, no script. */

export interface Bar {
  readonly label: string;
  /** As people read it. */
  readonly value: string;
  readonly y: number;
  readonly textY: number;
  readonly width: number;
  readonly valueX: number;
}
export interface Chart {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly barX: number;
  readonly barHeight: number;
  readonly bars: readonly Bar[];
}

const [width, barX, rowHeight, barHeight, valueRoom] = [640, 190, 30, 16, 70];

/** @param title what the chart shows, for who cannot see it: the table beside it has the figures */
export function chart(
  title: string,
  rows: readonly { readonly label: string; readonly count: number; readonly value: string }[],
): Chart {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const bars = rows.map(({ label, count, value }, index): Bar => {
    const length = Math.max(count > 0 ? 2 : 0, Math.round((count / most) * (width - barX - valueRoom)));
    const y = index * rowHeight + (rowHeight - barHeight) / 2;
    return { label: short(label), value, y, textY: y + barHeight - 3, width: length, valueX: barX + length + 8 };
  });
  return { title, width, height: rows.length * rowHeight, barX, barHeight, bars };
}

const longest = 24;
const short = (label: string): string => (label.length <= longest ? label : `${label.slice(0, longest - 1)}…`);
