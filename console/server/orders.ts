import * as v from 'valibot';

/** `POST /console/api/test-postbacks`. */
export interface TestPostbackOrder {
  readonly url: URL;
  /** Whose token and signature it gets, where the path names none. */
  readonly integration?: string | undefined;
}

/** `POST /console/api/explanations`. */
export interface ExplanationOrder {
  readonly asked: { readonly requestId: string } | { readonly url: string };
  /** Whether a dry run is sent to the tracker, which leaves a row in the log. */
  readonly dryRun: boolean;
}

const text = v.pipe(v.string(), v.nonEmpty(), v.maxLength(16_384));

const testPostback = v.strictObject({ url: v.pipe(text, v.url()), integration: v.optional(text) });

const explanation = v.union([
  v.strictObject({ requestId: text, dryRun: v.optional(v.boolean(), true) }),
  v.strictObject({ url: text, dryRun: v.optional(v.boolean(), true) }),
]);

/** `undefined` where the body is no such order. */
export function readTestPostback(body: string): TestPostbackOrder | undefined {
  const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), testPostback), body);
  return reading.success ? { ...reading.output, url: new URL(reading.output.url) } : undefined;
}

export function readExplanation(body: string): ExplanationOrder | undefined {
  const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), explanation), body);
  if (!reading.success) return undefined;
  const { dryRun, ...asked } = reading.output;
  return { asked, dryRun };
}
