import { useLocation } from 'preact-iso/router';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { measureOf, type Report, type ReportRow } from '../../../../operator/report/ask-report';
import { amountText, countText } from '../../parts/format';
import { metricNames } from './value';

const isCount = (metric: string): boolean => metric === 'clicks' || metric === 'conversions';

/** There is no half a click. */
const wholeSteps = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();

const bars = uPlot.paths.bars?.({ size: [0.7, 48] });

interface Line {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

const height = 200;
/** Lines differ in dash as well as in colour. */
const dashes: readonly number[][] = [[], [6, 4], [2, 3], [10, 3, 2, 3]];

/** A picture of the table below it. The table is exact: a chart rounds to pixels. */
export default function Chart({
  report,
  metric,
  hrefOfRow,
}: {
  readonly report: Report;
  readonly metric: string;
  readonly hrefOfRow: (row: ReportRow) => string | undefined;
}) {
  const { route } = useLocation();
  const place = useRef<HTMLDivElement>(null);
  const labels = report.rows.map(({ group = {} }) => group[report.groups[0] ?? ''] ?? 'not known');
  const lines = linesOf(report, metric);
  const summary = summaryOf(labels, lines, metric);

  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    let plot: uPlot | undefined;
    const draw = (): void => {
      plot?.destroy();
      plot = new uPlot(optionsOf(element, labels, lines, isCount(metric)), dataOf(labels, lines), element);
    };
    draw();
    // For pointers only: a number in the table leads to the same place.
    const open = ({ clientX }: MouseEvent): void => {
      if (plot === undefined) return;
      const row = report.rows[plot.posToIdx(clientX - plot.over.getBoundingClientRect().left)];
      const href = row === undefined ? undefined : hrefOfRow(row);
      if (href !== undefined) route(href);
    };
    element.addEventListener('click', open);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    const observer = new ResizeObserver(() => plot?.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      element.removeEventListener('click', open);
      scheme.removeEventListener('change', draw);
      observer.disconnect();
      plot?.destroy();
    };
  }, [report, metric]);

  return (
    <figure class="figure">
      <div
        ref={place}
        class={report.rows.some((row) => hrefOfRow(row) !== undefined) ? 'chart leads' : 'chart'}
        role="img"
        aria-label={summary}
      />
      <figcaption class="note">{summary}</figcaption>
    </figure>
  );
}

/** One line for a count, one for each currency of money. */
function linesOf({ rows }: Report, metric: string): readonly Line[] {
  const measures = rows.map((row) => measureOf(row, metric));
  const currencies = [
    ...new Set(measures.flatMap((one) => (typeof one === 'object' && one !== null ? Object.keys(one) : []))),
  ].sort();
  const name = metricNames[metric] ?? metric;
  if (currencies.length === 0) {
    return [{ label: name, values: measures.map((one) => (typeof one === 'number' ? one : null)) }];
  }
  return currencies.map((currency) => ({
    label: `${name} ${currency}`,
    values: measures.map((one) => (typeof one === 'object' && one !== null ? Number(one[currency] ?? 0) : null)),
  }));
}

function summaryOf(labels: readonly string[], lines: readonly Line[], metric: string): string {
  const parts = lines.map(({ label, values }) => {
    const known = values.flatMap((value) => value ?? []);
    if (known.length === 0) return `${label}: not known`;
    const most = Math.max(...known);
    const at = labels[values.indexOf(most)] ?? '';
    const shown = isCount(metric) ? countText(most) : amountText(String(most), undefined);
    return `${label}: at most ${shown}, at ${at}`;
  });
  return `${parts.join('; ')}. The table below has every number.`;
}

function dataOf(labels: readonly string[], lines: readonly Line[]): uPlot.AlignedData {
  return [labels.map((_, index) => index), ...lines.map(({ values }) => [...values])];
}

function optionsOf(
  element: HTMLElement,
  labels: readonly string[],
  lines: readonly Line[],
  counts: boolean,
): uPlot.Options {
  const colour = (name: string): string => {
    element.style.color = `var(${name})`;
    const { color } = getComputedStyle(element);
    element.style.color = '';
    return color;
  };
  const [quiet, grid] = [colour('--quiet'), colour('--line')];
  const strokes = ['--accent', '--good', '--wait', '--bad'].map(colour);
  const short = (index: number): string =>
    (labels[index] ?? '')
      .replace(/^\d{4}-(?=\d\d-)/, '')
      .replace('T', ' ')
      .replace(/[+-]\d\d:\d\d$/, '');
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, ...(lines.length === 1 && { range: [-0.5, labels.length - 0.5] }) },
      y: { range: (_plot, low, high) => [Math.min(0, low), high > 0 ? high * 1.1 : 1] },
    },
    axes: [
      {
        stroke: quiet,
        grid: { show: false },
        ticks: { stroke: grid },
        incrs: wholeSteps,
        values: (_plot, splits) => splits.map((split) => (Number.isInteger(split) ? short(split) : '')),
      },
      {
        stroke: quiet,
        grid: { stroke: grid, width: 1 },
        ticks: { show: false },
        size: 64,
        ...(counts && { incrs: wholeSteps }),
      },
    ],
    series: [
      {},
      ...lines.map(({ label }, index): uPlot.Series => ({
        label,
        stroke: strokes[index % strokes.length] ?? quiet,
        width: 2,
        dash: dashes[index % dashes.length] ?? [],
        points: { show: lines.length > 1, size: 5 },
        // One series is bars; several would hide each other.
        ...(lines.length === 1 && bars !== undefined && { paths: bars, fill: strokes[0] ?? quiet, width: 0 }),
      })),
    ],
  };
}
