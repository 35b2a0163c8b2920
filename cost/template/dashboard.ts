import * as v from 'valibot';

const joined = v.strictObject({ 'Fn::Join': v.tuple([v.literal(''), v.array(v.unknown())]) });
const bodySchema = v.looseObject({
  widgets: v.array(
    v.looseObject({ properties: v.looseObject({ metrics: v.optional(v.array(v.array(v.unknown())), []) }) }),
  ),
});

/** Counts the different metrics that a dashboard names, without its expressions. */
export function metricsOnDashboard(body: unknown): number {
  const { widgets } = v.parse(v.pipe(v.string(), v.parseJson(), bodySchema), textOf(body));
  const named = widgets
    .flatMap(({ properties }) => properties.metrics)
    .map((parts) => parts.filter((part) => typeof part === 'string'))
    .filter((names) => names.length > 0);
  return new Set(named.map((names) => names.join('\n'))).size;
}

/** In a template the body is a text in pieces: names that only the deployment knows are between them. */
function textOf(body: unknown): unknown {
  const pieces = v.safeParse(joined, body);
  if (!pieces.success) return body;
  return pieces.output['Fn::Join'][1]
    .map((piece) => (typeof piece === 'string' ? piece : JSON.stringify(piece).replaceAll('"', "'")))
    .join('');
}
