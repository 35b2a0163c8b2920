import { adviceOf } from '../../../operator/explain/advice';
import { knownReason } from '../../../operator/answers';

const whose: Readonly<Record<string, string>> = { 'the sender': 'The sender', you: 'You', nobody: '' };

/** The next step after a verdict, and the person who takes it. */
export function AdviceOf({
  of: { reason, message },
  integration,
}: {
  readonly of: { readonly reason: string; readonly message: string };
  readonly integration?: string | undefined;
}) {
  const known = knownReason(reason);
  if (known === undefined) return null;
  return <Advice advice={adviceOf(known, integration, message)} />;
}

export function Advice({
  advice: { who, what },
}: {
  readonly advice: { readonly who: string; readonly what: string };
}) {
  const person = whose[who] ?? '';
  return (
    <p class="advice">
      {person !== '' && <strong>{person}: </strong>}
      {what}
    </p>
  );
}
