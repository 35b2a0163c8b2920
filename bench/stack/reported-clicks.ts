import * as v from 'valibot';

/** The answer of a report of clicks, after as many requests as it needed. */
export interface ReportedClicks {
  /** The rows by themselves, and the one that adds up all others. */
  readonly rows: readonly number[];
  readonly others: number | undefined;
  readonly total: number;
  readonly milliseconds: number;
}

const reportAnswer = v.object({
  rows: v.array(v.object({ other: v.optional(v.boolean()), clicks: v.number() })),
  total: v.object({ clicks: v.number() }),
});
const waitingAnswer = v.object({ link: v.string() });

export async function reportedClicks(
  url: string,
  parameters: Readonly<Record<string, string>>,
): Promise<ReportedClicks> {
  const query = new URLSearchParams({ metrics: 'clicks', ...parameters });
  const beganAt = performance.now();
  let path = `/admin/v1/reports?${query.toString()}`;
  for (;;) {
    const response = await fetch(new URL(path, url));
    const text = await response.text();
    if (response.status === 200) {
      const { rows, total } = v.parse(reportAnswer, JSON.parse(text));
      return {
        rows: rows.filter(({ other }) => other !== true).map(({ clicks }) => clicks),
        others: rows.find(({ other }) => other === true)?.clicks,
        total: total.clicks,
        milliseconds: performance.now() - beganAt,
      };
    }
    if (response.status !== 202) throw new Error(`The report answered ${response.status}: ${text}`);
    // It takes longer than 20 seconds: it is requested again at the address in the answer.
    path = v.parse(waitingAnswer, JSON.parse(text)).link;
  }
}
