import { decodePercent } from '../text/percent-encoding';
import type { Campaign } from './campaign';
import type { DocumentWarning } from './document-reading';
import type { Integration } from './integration';
import { offerMacros, parameterMacro } from './offer-macros';

/** Lists what is odd about the URLs of a campaign: macros that no click replaces, and offers that get no click ID. */
export function offerWarnings({ offers, fallback }: Campaign): readonly DocumentWarning[] {
  return [
    ...offers.flatMap(({ url }, index) => warningsOf(url).map((message) => ({ path: `offers.${index}.url`, message }))),
    ...(fallback === undefined ? [] : fallbackWarningsOf(fallback)).map((message) => ({ path: 'fallback', message })),
  ];
}

/** Lists macros in the pages that a redirect postback sends its visitors to, where nothing is replaced. */
export function destinationWarnings({
  destinations = {},
}: Pick<Integration, 'destinations'>): readonly DocumentWarning[] {
  return Object.entries(destinations).flatMap(([name, url]) =>
    [...new Set(macrosIn(url).map(({ written }) => written))].map((written) => ({
      path: `destinations.${name}`,
      message: `${written} is not replaced in a destination: visitors arrive with these letters. Take it out of the URL.`,
    })),
  );
}

/** No click is recorded of a visitor who gets no offer. */
function fallbackWarningsOf(url: string): readonly string[] {
  const empty = macrosIn(url).filter(({ name }) => ['clickid', 'offer'].includes(name.toLowerCase()));
  return [
    ...new Set(oddMacrosIn(url).map(({ message }) => message)),
    ...empty.map(({ written }) => `${written} is empty in a fallback URL. No click is recorded there.`),
  ];
}

function warningsOf(url: string): readonly string[] {
  const odd = oddMacrosIn(url);
  const messages = new Set(odd.map(({ message }) => message));
  const asksForClickId = macrosIn(url).some(({ name }) => isKnown(name) && name.toLowerCase() === 'clickid');
  if (!asksForClickId && !odd.some(({ meant }) => meant === '{clickid}')) messages.add(noClickId);
  return [...messages];
}

const noClickId = 'Visitors arrive without a click ID, so that no conversion can be matched. Add {clickid} to the URL.';

/** A text that is written like a macro and is none, and the macro that was probably meant. */
interface OddMacro {
  readonly meant: string | undefined;
  readonly message: string;
}

function oddMacrosIn(url: string): readonly OddMacro[] {
  const decorated = [...url.matchAll(decoratedMacro)].map(([written]) => decoratedForm(written));
  const plain = url.replace(decoratedMacro, '');
  const unknown = macrosIn(plain)
    .filter(({ name }) => looksLikeName.test(name) && !isKnown(name))
    .map(({ written, name }) => notReplaced(written, macroFor(name) ?? `{param:${name}}`));
  return [...decorated.filter((one) => one !== undefined), ...encodedMacrosIn(plain), ...unknown];
}

/** `{name}` as a click looks for it. */
function macrosIn(url: string): readonly { readonly written: string; readonly name: string }[] {
  return [...url.matchAll(/\{([^{}]*)\}/g)].map(([written, name = '']) => ({ written, name }));
}

/** Braces may also be JSON, which is no macro. */
const looksLikeName = /^[\w .:-]{1,64}$/;

function isKnown(name: string): boolean {
  return offerMacros.some((macro) => macro === name.toLowerCase()) || parameterMacro.test(name);
}

/** Macros in the forms of other systems. Those without braces also occur in plain URLs: they count as a value, with a name of ours. */
const decoratedMacro =
  /\{\{[^{}]*\}\}|\$\{[^{}]*\}|(?<=[=/])(?:\[\[?[\w-]{2,40}\]\]?|<[\w-]{2,40}>|#[\w-]{2,40}#|__[a-z][\w-]{1,40}__|%(?![0-9a-f]{2})[\w-]{2,40}%)/gi;

function decoratedForm(written: string): OddMacro | undefined {
  const known = macrosIn(written).find(({ name }) => isKnown(name));
  if (known !== undefined) {
    const message = `${written} keeps its outer signs around the value. Write ${known.written} instead.`;
    return { meant: known.written.toLowerCase(), message };
  }
  const meant = macroFor(written.replace(/^\W*_*|_*\W*$/g, ''));
  return meant === undefined && !written.includes('{') ? undefined : notReplaced(written, meant);
}

/** Braces that were percent-encoded, once or oftener: forms and spreadsheets do that. */
function encodedMacrosIn(url: string): readonly OddMacro[] {
  return [...url.matchAll(/%(?:25)*7B((?:(?!%(?:25)*7[BD])[^{}&#]){1,64})%(?:25)*7D/gi)]
    .map(([written, inner = '']) => ({ written, name: decodePercent(decodePercent(inner)) }))
    .filter(({ name }) => looksLikeName.test(name))
    .map(({ written, name }) => notReplaced(written, macroFor(name)));
}

function notReplaced(written: string, meant: string | undefined): OddMacro {
  const instead = meant === undefined ? 'Take it out, or write a macro of the tracker.' : `Write ${meant} instead.`;
  return { meant, message: `${written.slice(0, 80)} is no macro and reaches the offer as it is. ${instead}` };
}

/** Names of the click ID in other systems, without dashes and underscores. */
const clickIdNames = ['clickid', 'click', 'clid', 'cid', 'subid', 'affsub', 'transactionid', 'tid', 'externalclickid'];

/** The macro that a name means, whatever its case, dashes and underscores are: `Offer-ID` means `{offer}`. */
function macroFor(name: string): string | undefined {
  if (parameterMacro.test(name)) return `{${name}}`;
  const folded = foldName(name);
  if (clickIdNames.includes(folded)) return '{clickid}';
  const names = [folded, folded.replace(/(?:id|name)$/, '')];
  const macro = offerMacros.find((known) => names.includes(foldName(known)));
  return macro && `{${macro}}`;
}

const foldName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z\d]/g, '');
