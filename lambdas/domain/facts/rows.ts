/** The value of one column of a row. Numbers are 64-bit integers. */
export type FactValue = string | bigint | boolean | null;

/** A row of either set, by the names of its columns. */
export type FactRow = Readonly<Record<string, FactValue>>;

type SubName = `sub${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10}`;

/** Values of the click in both sets, by the names of their columns. */
export type ClickDimensions = Readonly<
  Record<SubName | 'offer' | 'source' | 'integration' | 'country' | 'device' | 'os' | 'browser', string | null>
> & {
  readonly campaign: string;
  readonly bot: boolean;
  readonly test: boolean;
};

/** One click. */
export type ClickFact = ClickDimensions & {
  readonly click_id: string;
  readonly clicked_at: bigint;
  readonly click_quarter: bigint;
  readonly visitor: string | null;
  readonly cost: bigint | null;
  readonly cost_currency: string | null;
  readonly cost_unreadable: boolean;
};

/** One change of a conversion. */
export type ConversionFact = ClickDimensions & {
  readonly click_id: string;
  readonly clicked_at: bigint;
  readonly click_quarter: bigint;
  readonly conversion_quarter: bigint;
  readonly booked_quarter: bigint;
  readonly event: string;
  readonly status: string;
  readonly currency: string | null;
  readonly count: bigint;
  readonly amount: bigint | null;
  readonly seconds: bigint;
};

/** Returns the subs of a click as columns: an absent or empty sub is null. */
export function subColumns(subs: Readonly<Record<string, string>>): Readonly<Record<SubName, string | null>> {
  const sub = (name: SubName): string | null => known(subs[name]);
  return {
    sub1: sub('sub1'),
    sub2: sub('sub2'),
    sub3: sub('sub3'),
    sub4: sub('sub4'),
    sub5: sub('sub5'),
    sub6: sub('sub6'),
    sub7: sub('sub7'),
    sub8: sub('sub8'),
    sub9: sub('sub9'),
    sub10: sub('sub10'),
  };
}

/** A text that says something, else null. */
export const known = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

const noSubs = subColumns({});

/** Removes what came from the visitor. Campaign, offer, integration and all numbers stay, so that no sum changes. */
export function rowWithoutVisitor<Row extends FactRow>(row: Row): Row {
  return {
    ...row,
    ...noSubs,
    click_id: '',
    source: null,
    country: null,
    device: null,
    os: null,
    browser: null,
    ...('visitor' in row && { visitor: null }),
  };
}
