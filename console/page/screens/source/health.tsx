import { sourceHealth, sourceHealthAdvice } from '../../../../operator/deliveries/source-health';
import { admin } from '../../api/client';
import { Moment } from '../../parts/text';
import { useAsk } from '../../state/queries';

/** A source to which deliveries wait: since when, the next attempt, and what to do. */
export function Health({ source }: { readonly source: string }) {
  const health = useAsk(admin('sources', source, 'health'), sourceHealth, { everySeconds: 60 }).data;
  if (health === undefined || health.state === 'accepting') return null;
  const { nextAttemptAt, suspendedAt, unacceptedSince } = health;
  const [what, since] = suspendedAt === undefined ? ['Without an answer', unacceptedSince] : ['Suspended', suspendedAt];
  return (
    <p class="failed panel part" role="status">
      <span>
        <strong>
          {what}
          {since !== undefined && (
            <>
              {' '}
              since <Moment at={since} full />
            </>
          )}
          .
        </strong>{' '}
        {nextAttemptAt === undefined ? (
          'The next delivery tries it at once.'
        ) : (
          <>
            The next {suspendedAt === undefined ? 'attempt' : 'trial'} is at <Moment at={nextAttemptAt} full />.
          </>
        )}{' '}
        {sourceHealthAdvice(health)}
      </span>
    </p>
  );
}
