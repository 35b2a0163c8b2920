import { useState } from 'preact/hooks';
import { useZone } from '../state/zone';
import { amountText, countText, momentText, stretchText, utcText, visibleText } from './format';

/** A text by a sender or an operator: a text node with a separate direction, and hidden letters shown. */
export function Foreign({ text, long = false }: { readonly text: string; readonly long?: boolean }) {
  return (
    <bdi class={long ? 'foreign long' : 'foreign'} title={text.length > 40 ? text : undefined}>
      {visibleText(text)}
    </bdi>
  );
}

/** A time in the zone of the page, with UTC on hover and for machines. */
export function Moment({ at, full = false }: { readonly at: string; readonly full?: boolean }) {
  const zone = useZone();
  return (
    <time dateTime={at} title={utcText(at)}>
      {momentText(at, zone, new Date(), full)}
    </time>
  );
}

/** The age of an event, in its largest unit. */
export function Ago({ at }: { readonly at: string }) {
  const seconds = Math.max(0, (Date.now() - Date.parse(at)) / 1000);
  return (
    <time dateTime={at} title={utcText(at)}>
      {stretchText(seconds)} ago
    </time>
  );
}

export function Unknown({ why = 'not known' }: { readonly why?: string }) {
  return (
    <span class="unknown" title={why}>
      <span aria-hidden="true">—</span>
      <span class="hidden">{why}</span>
    </span>
  );
}

/** An amount to its last digit; a dash where none is known, never a zero. */
export function Amount({
  amount,
  currency,
  signed = false,
}: {
  readonly amount: string | undefined;
  readonly currency?: string | undefined;
  readonly signed?: boolean;
}) {
  if (amount === undefined) return <Unknown why="no amount" />;
  const unit = currency === 'XXX' ? undefined : currency;
  const plus = signed && !amount.startsWith('-') && /[1-9]/.test(amount) ? '+' : '';
  return (
    <span class="amount" data-amount={amount}>
      {plus}
      {amountText(amount, unit)}
      {currency !== undefined && (
        <span class={unit === undefined ? 'unit none' : 'unit'}>
          {' '}
          {unit === undefined ? 'no currency' : visibleText(unit)}
        </span>
      )}
    </span>
  );
}

export const Count = ({ of: count }: { readonly of: number }) => <span class="number">{countText(count)}</span>;

/** A button that copies a text, and says so only once it is in the clipboard. */
export function Copy({
  text,
  what,
  label,
}: {
  /** A text, or what gets one when it is asked for: a secret is then never on the screen. */
  readonly text: string | (() => Promise<string>);
  readonly what: string;
  readonly label?: string;
}) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : await text());
      setState('copied');
    } catch {
      setState('failed');
    }
  };
  const outcome = { idle: label ?? '', copied: 'Copied', failed: 'Not copied' }[state];
  return (
    <span class="copy">
      <button
        type="button"
        class={label === undefined ? 'icon' : 'small'}
        aria-label={label === undefined ? `Copy ${what}` : undefined}
        title={`Copy ${what}`}
        onClick={() => void copy()}
        onBlur={() => setState('idle')}
      >
        <CopyIcon />
        {label !== undefined && <span>{outcome}</span>}
      </button>
      <span class={label === undefined ? 'copy-outcome' : 'hidden'} role="status">
        {state === 'idle' ? '' : outcome}
      </span>
    </span>
  );
}

const CopyIcon = () => (
  <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
    <path d="M10.5 3.5v-.25A.75.75 0 0 0 9.75 2.5h-6.5a.75.75 0 0 0-.75.75v6.5c0 .41.34.75.75.75h.25" />
  </svg>
);

/** A short ID with its copy button; a link where it leads somewhere. */
export function Id({
  text,
  what,
  href,
}: {
  readonly text: string;
  readonly what: string;
  readonly href?: string | undefined;
}) {
  return (
    <span class="id">
      {href === undefined ? (
        <code>
          <Foreign text={text} />
        </code>
      ) : (
        <a href={href}>
          <code>
            <Foreign text={text} />
          </code>
        </a>
      )}
      <Copy text={text} what={what} />
    </span>
  );
}

const shapes: Readonly<Record<string, string>> = { good: '●', wait: '◐', bad: '✕', idle: '○' };

export type Tone = 'good' | 'wait' | 'bad' | 'idle';

/** A state as a word and a shape, so that colour is never all there is. */
export function State({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return (
    <span class={`state ${tone}`}>
      <span class="shape" aria-hidden="true">
        {shapes[tone]}
      </span>
      {visibleText(children)}
    </span>
  );
}

const tones: Readonly<Record<string, Tone>> = {
  recorded: 'good',
  updated: 'good',
  test: 'idle',
  dry_run: 'idle',
  ignored: 'idle',
  duplicate: 'idle',
  queued: 'wait',
  rejected: 'bad',
  error: 'bad',
  approved: 'good',
  pending: 'wait',
  reversed: 'bad',
  delivered: 'good',
  due: 'wait',
  held: 'wait',
  retry: 'wait',
  skipped: 'idle',
  superseded: 'idle',
  exhausted: 'bad',
  failed: 'bad',
  active: 'good',
  paused: 'idle',
};

/** The word of a result, a status or a state, in the tone that it has everywhere. */
export const Result = ({ of: word }: { readonly of: string }) => (
  <State tone={tones[word] ?? 'idle'}>{word.replaceAll('_', ' ')}</State>
);
