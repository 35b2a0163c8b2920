import * as v from 'valibot';

// Each schema's message is a part of a sentence that says what is allowed; stage-configuration.ts adds the rest, and
// docs/configuration.md shows it beside the field.

/** Adds the purpose of a setting for docs/configuration.md, with an example if no built-in stage has a value to show. */
export const described = <const Schema extends v.GenericSchema>(
  text: string,
  schema: Schema,
  example?: v.InferInput<Schema>,
) => v.pipe(schema, v.description(text), v.metadata({ example }));

export const wholeNumber = (least: number, most: number) => {
  const allowed = `a whole number from ${least} to ${most}`;
  return v.pipe(v.number(allowed), v.integer(allowed), v.minValue(least, allowed), v.maxValue(most, allowed));
};

export const percentage = () => {
  const allowed = 'a number above 0 and at most 100';
  return v.pipe(v.number(allowed), v.gtValue(0, allowed), v.maxValue(100, allowed));
};

export const oneOf = <const Options extends readonly string[]>(options: Options) =>
  v.picklist(options, `one of ${options.join(', ')}`);

export const yesOrNo = () => v.boolean('true or false');

export const emailAddress = () => v.pipe(v.string('an e-mail address'), v.email('an e-mail address'));

/** A text of one format, which `allowed` describes. */
export const textLike = (pattern: RegExp, allowed: string) => v.pipe(v.string(allowed), v.regex(pattern, allowed));

/** A host name below some zone, in lower case as DNS and certificates compare it. */
export const hostName = () =>
  textLike(
    /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
    'a host name in lower case, such as track.example.com',
  );

/** Makes each field optional. */
export const anyOf = <const Entries extends v.ObjectEntries>(entries: Entries, allowed: string) =>
  v.partial(v.strictObject(entries, allowed));
