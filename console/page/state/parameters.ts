import * as v from 'valibot';

/** Any text of a reasonable length. */
export const text = v.pipe(v.string(), v.minLength(1), v.maxLength(512));

export const word = <Word extends string>(words: readonly Word[]) => v.picklist(words);
